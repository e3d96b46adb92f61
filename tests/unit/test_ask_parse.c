// test_ask_parse.c: the texts of sequences: what each line means, and what is wrong with others.
// SPDX-License-Identifier: MIT
#include "ask_find.h"
#include "ask_parse.h"
#include "ask_peers.h"
#include "escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int parse(struct ask_sequence *sequence, const char *text, struct problem *problem)
{
    return ask_parse(sequence, "x.ask", text, strlen(text), problem);
}

static void each_line_means_what_it_says(void **state)
{
    static const char text[] = "# a comment\r\n"
                               "name \"my board\" # and one behind a step\r\n"
                               "\n"
                               "  baud 250000\n"
                               "rom \"USB\"\n"
                               "hint \"press it\"\n"
                               "source \"x\"\n"
                               "send \"a\\x00\\\"#\\\\\\n\"\n"
                               "expect \"b\" 1500ms\n"
                               "undo \"exit\"\n"
                               "wait 2s\n"
                               "expect \"c\"\n"
                               "touch";
    struct ask_sequence sequence;
    struct problem problem;
    (void)state;

    assert_int_equal(parse(&sequence, text, &problem), 0);
    assert_string_equal(sequence.name, "my board");
    assert_int_equal(sequence.baud, 250000);
    assert_string_equal(ask_text(&sequence, &sequence.rom), "USB");
    assert_string_equal(ask_text(&sequence, &sequence.hint), "press it");
    assert_string_equal(ask_text(&sequence, &sequence.help), "");
    assert_int_equal(sequence.source_count, 1);
    assert_int_equal(sequence.step_count, 6);
    const struct ask_step *steps = sequence.steps;
    assert_int_equal(steps[0].text.length, 6);
    assert_memory_equal(ask_text(&sequence, &steps[0].text), "a\0\"#\\\n", 6);
    assert_int_equal(steps[1].kind, ASK_STEP_EXPECT);
    assert_int_equal(steps[1].ms, 1500);
    assert_int_equal(steps[2].kind, ASK_STEP_UNDO);
    assert_int_equal(steps[3].ms, 2000);
    assert_int_equal(steps[4].ms, 1000);
    assert_int_equal(steps[5].kind, ASK_STEP_TOUCH);
    assert_int_equal(steps[5].baud, 1200);
}

static const struct {
    const char *text, *what;
} wrong[] = {
    {"", "x.ask: nothing in it asks anybody"},
    {"# only this\nwait 1s\n", "x.ask: nothing in it asks anybody"},
    {"refuse \"no\" \"yes\"\ntouch", "x.ask: it has steps, and refuses"},
    {"sned \"a\"", "x.ask:1: no step is called that"},
    {"sendx \"a\"", "x.ask:1: no step is called that"},
    {"send", "x.ask:1: a text in \" \" must follow"},
    {"\nsend abc", "x.ask:2: a text in \" \" must follow"},
    {"send \"abc", "x.ask:1: the text does not end"},
    {"send \"abc\\\"", "x.ask:1: the text does not end"},
    {"send \"\"", "x.ask:1: the text is empty"},
    {"send \"a\\q\"", "x.ask:1: an escape that does not exist"},
    {"send \"a\\x1\"", "x.ask:1: an escape that does not exist"},
    {"send \"a\\", "x.ask:1: an escape that does not exist"},
    {"send \"a\" \"b\"", "x.ask:1: more follows than the step takes"},
    {"send \"a\"\nexpect \"b\" 5", "x.ask:2: the time has no such unit"},
    {"send \"a\"\nexpect \"b\" 5min", "x.ask:2: the time has no such unit"},
    {"send \"a\"\nexpect \"b\" soon", "x.ask:2: a number must follow"},
    {"send \"a\"\nwait -1s", "x.ask:2: a number must follow"},
    {"send \"a\"\nwait 0ms", "x.ask:2: the number is out of range"},
    {"send \"a\"\nwait 60001ms", "x.ask:2: the number is out of range"},
    {"send \"a\"\nwait 61s", "x.ask:2: the time has no such unit"},
    {"send \"a\"\nwait 99999999999s", "x.ask:2: the number is out of range"},
    {"send \"a\"\nwait", "x.ask:2: a number must follow"},
    {"baud 9600s", "x.ask:1: the baud rate has no unit"},
    {"send \"a\"\nbaud 9600", "x.ask:2: the baud rate is one for all steps"},
    {"touch\nsend \"a\"", "x.ask:2: nothing can follow a touch, which closes the port"},
    {"touch\ntouch", "x.ask:2: nothing can follow a touch, which closes the port"},
    {"detach\nsend \"a\"", "x.ask:2: detach has to be the only step"},
    {"send \"a\"\ndetach", "x.ask:2: detach has to be the only step"},
    {"refuse \"why\"", "x.ask:1: a text in \" \" must follow"},
    {"name \"0123456789012345678901234567890123456789012345678901234567890123\"",
     "x.ask:1: the name is too long"},
};

static void what_is_wrong_is_told_with_its_line(void **state)
{
    struct ask_sequence sequence;
    struct problem problem;
    (void)state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(parse(&sequence, wrong[i].text, &problem), EXIT_USAGE);
        assert_string_equal(problem.what, wrong[i].what);
        assert_true(problem.try_this[0]);
    }
}

static void what_is_too_much_is_told(void **state)
{
    struct ask_sequence sequence;
    struct problem problem;
    char text[4096] = "";
    (void)state;

    for (int i = 0; i < 33; i++) {
        sprintf(text + strlen(text), "send \"a\"\n");
    }
    assert_int_equal(parse(&sequence, text, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "x.ask:33: there are more than 32 steps");
    memset(text, 'a', 600);
    text[600] = '\0';
    assert_int_equal(parse(&sequence, text, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "x.ask:1: this is no line of text");
    assert_int_equal(ask_parse(&sequence, "x.ask", "touch\n\0\n", 8, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "x.ask:2: this is no line of text");
    text[0] = '\0';
    for (int i = 0; i < 6; i++) {
        sprintf(text + strlen(text), "send \"%0400d\"\n", i);
    }
    assert_int_equal(parse(&sequence, text, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "x.ask:6: all texts have more than 2048 bytes");
}

static void what_is_built_in_says_where_it_is_from(void **state)
{
    struct ask_sequence sequence;
    struct problem problem;
    unsigned count = 0;
    (void)state;

    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        if (ask_find(&sequence, peer->name, &problem) != 0) {
            fail_msg("%s", problem.what);
        }
        assert_string_equal(sequence.name, peer->name);
        assert_string_equal(ask_text(&sequence, &sequence.help), peer->help);
        assert_true(sequence.source_count >= 1);
        assert_true(sequence.refusal.length > 0 || (sequence.rom.length && sequence.hint.length));
        count++;
    }
    assert_int_equal(count, 13);
}

static void a_name_that_is_nothing_is_told(void **state)
{
    struct ask_sequence sequence;
    struct problem problem;
    (void)state;

    assert_int_equal(ask_find(&sequence, "betafligth", &problem), EXIT_USAGE);
    assert_string_equal(problem.what,
                        "--ask betafligth: no way to ask is called that, and no file");
    assert_int_equal(ask_find(&sequence, "./no.ask", &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "--ask ./no.ask: No such file or directory");
    assert_int_equal(ask_find(&sequence, "/", &problem), EXIT_USAGE);
    assert_int_equal(ask_find(&sequence, "/dev/zero", &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "--ask /dev/zero: more than 16 KB: that is no sequence");
}

static void what_does_not_print_is_escaped_and_cut(void **state)
{
    char text[12];
    (void)state;

    escape_write(text, sizeof text, "a\r\x01\0", 4);
    assert_string_equal(text, "a\\r\\x01\\x00");
    escape_write(text, sizeof text, "abcdefghijk", 11);
    assert_string_equal(text, "abcdefghijk");
    escape_write(text, sizeof text, "abcdefghijkl", 12);
    assert_string_equal(text, "abcdefgh...");
    escape_write(text, sizeof text, "\"\\\x7F\xFF\xFF", 5);
    assert_string_equal(text, "\\\"\\\\\\x7F...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_means_what_it_says),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
        cmocka_unit_test(what_is_too_much_is_told),
        cmocka_unit_test(what_is_built_in_says_where_it_is_from),
        cmocka_unit_test(a_name_that_is_nothing_is_told),
        cmocka_unit_test(what_does_not_print_is_escaped_and_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
