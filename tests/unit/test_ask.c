// test_ask.c: each sequence that is built in, against each application, whole and broken.
// SPDX-License-Identifier: MIT
#include "ask_apps.h"
#include "ask_find.h"
#include "ask_parse.h"
#include "ask_peers.h"
#include "ask_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LEAVES_MS = 200 }; // what has answered "OK" leaves within

static int ask(const char *name, struct problem *problem)
{
    struct ask_sequence sequence;

    memset(problem, 0, sizeof *problem);
    assert_int_equal(ask_find(&sequence, name, problem), 0);
    int error = ask_run(&sequence, NULL, problem);
    apps_wait(LEAVES_MS);
    return error;
}

static void assert_enters(const char *name)
{
    struct problem problem;

    if (ask(name, &problem) != 0) {
        fail_msg("%s: %s", name, problem.what);
    }
    assert_true(app_state.in_rom);
}

static bool refuses(const char *name)
{
    struct ask_sequence sequence;
    struct problem problem;

    assert_int_equal(ask_find(&sequence, name, &problem), 0);
    return sequence.refusal.length > 0;
}

static void each_application_is_asked_by_its_own_sequence(void **state)
{
    unsigned count = 0;
    (void)state;

    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        if (!refuses(peer->name)) {
            apps_start(peer->name);
            assert_enters(peer->name);
            count++;
        }
    }
    assert_int_equal(count, 10);
}

// Whether the sequence does nothing but a touch, to which nobody answers.
static bool is_touch(const char *name)
{
    struct ask_sequence sequence;
    struct problem problem;

    assert_int_equal(ask_find(&sequence, name, &problem), 0);
    return sequence.step_count == 1 && sequence.steps[0].kind == ASK_STEP_TOUCH;
}

static void no_application_is_entered_or_left_half_asked_by_another_sequence(void **state)
{
    struct problem problem;
    (void)state;

    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        for (const struct app *app = apps; app->name; app++) {
            if (refuses(peer->name) || is_touch(peer->name) || strcmp(peer->name, app->name) == 0) {
                continue;
            }
            apps_start(app->name);
            int error = ask(peer->name, &problem);
            if (error == 0 || app_state.in_rom ||
                (app->is_left_half_asked && app->is_left_half_asked())) {
                fail_msg("--ask %s, where %s runs: %d, %s", peer->name, app->name, error,
                         problem.what);
            }
            assert_non_null(strstr(problem.what, peer->name));
        }
    }
}

static void a_touch_is_nothing_to_the_others(void **state)
{
    struct problem problem;
    (void)state;

    apps_start("betaflight");
    assert_int_equal(ask("klipper", &problem), 0);
    assert_false(app_state.in_rom);
}

static void silence_is_told_with_what_was_sent(void **state)
{
    struct problem problem;
    (void)state;

    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        apps_start(NULL);
        if (!is_touch(peer->name) && !refuses(peer->name)) {
            assert_int_equal(ask(peer->name, &problem), EXIT_NO_DEVICE);
            assert_non_null(strstr(problem.what, "and nothing comes within"));
        }
    }
    apps_start(NULL);
    ask("nanovna", &problem);
    assert_string_equal(problem.what,
                        "ask nanovna at /dev/ttyTEST: sent \"\\r\", and nothing comes within 1000 "
                        "ms, instead of \"ch> \"");
}

static void another_answer_is_shown(void **state)
{
    struct problem problem;
    (void)state;

    apps_start("inav");
    assert_int_equal(ask("betaflight", &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "sent \"bl rom\\n\""));
    assert_non_null(strstr(problem.what, "Unknown command, try 'help'"));
    assert_non_null(strstr(problem.what, "it was told to go on"));
    assert_false(app_state.command_line);
}

static void a_command_line_that_is_open_already_will_do(void **state)
{
    (void)state;
    apps_start("betaflight");
    app_state.command_line = app_state.command_line_was_open = true;
    assert_enters("betaflight");
    apps_start("inav");
    app_state.command_line = app_state.command_line_was_open = true;
    assert_enters("inav");
}

static void a_program_that_runs_in_micropython_is_stopped(void **state)
{
    (void)state;
    apps_start("micropython");
    app_state.running = true;
    assert_enters("micropython");
    apps_start("micropython");
    app_state.raw = true; // as another program has left it
    assert_enters("micropython");
}

static void an_espruino_without_the_function_stays(void **state)
{
    struct problem problem;
    (void)state;

    apps_start("espruino");
    app_state.no_function = true;
    assert_int_equal(ask("espruino", &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "bootleap undefined"));
    assert_false(app_state.in_rom);
}

// USB takes the port away with the last answer in it, or without.
static void an_application_may_leave_before_it_has_answered(void **state)
{
    (void)state;
    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        if (!refuses(peer->name)) {
            apps_start(peer->name);
            app_state.goes_with_rom = true;
            assert_enters(peer->name);
        }
    }
}

static void a_line_that_goes_away_too_early_is_told(void **state)
{
    struct problem problem;
    (void)state;

    for (unsigned writes = 1; writes <= 3; writes++) {
        apps_start("betaflight");
        app_state.gone_after = writes;
        assert_int_equal(ask("betaflight", &problem), EXIT_FAILED);
        assert_non_null(strstr(problem.what, "the port is gone"));
        assert_false(app_state.in_rom);
    }
}

static void what_cannot_be_asked_is_not(void **state)
{
    struct problem problem;
    (void)state;

    apps_start("betaflight");
    assert_int_equal(ask("qmk", &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "--ask qmk: QMK takes no such request from a host"));
    assert_non_null(strstr(problem.try_this, "QK_BOOT"));
    assert_int_equal(app_state.writes, 0);
}

// Longer than what is kept of it.
static void an_answer_is_found_behind_a_lot_of_others(void **state)
{
    static const char text[] = "send \"$DFU\\n\"\nexpect \"DFU Boot\" 5s\n";
    struct ask_sequence sequence;
    struct problem problem;
    (void)state;

    assert_int_equal(ask_parse(&sequence, "x", text, strlen(text), &problem), 0);
    for (size_t before = 0; before<5000; before += before> 900 && before < 1200 ? 1 : 100) {
        apps_start("grblhal");
        memset(app_state.out, 'x', before);
        app_state.written = before;
        assert_int_equal(ask_run(&sequence, NULL, &problem), 0);
        assert_true(app_state.in_rom);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_application_is_asked_by_its_own_sequence),
        cmocka_unit_test(no_application_is_entered_or_left_half_asked_by_another_sequence),
        cmocka_unit_test(a_touch_is_nothing_to_the_others),
        cmocka_unit_test(silence_is_told_with_what_was_sent),
        cmocka_unit_test(another_answer_is_shown),
        cmocka_unit_test(a_command_line_that_is_open_already_will_do),
        cmocka_unit_test(a_program_that_runs_in_micropython_is_stopped),
        cmocka_unit_test(an_espruino_without_the_function_stays),
        cmocka_unit_test(an_application_may_leave_before_it_has_answered),
        cmocka_unit_test(a_line_that_goes_away_too_early_is_told),
        cmocka_unit_test(what_cannot_be_asked_is_not),
        cmocka_unit_test(an_answer_is_found_behind_a_lot_of_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
