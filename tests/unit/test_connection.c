// test_connection.c: who is asked what on the way to a bootloader and back, without a port.
// SPDX-License-Identifier: MIT
//
// The lines and the bootloader are this file's: none of host/links/ or host/protocols/ is linked.
#include "ask_find.h"
#include "ask_parse.h"
#include "connection_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct connection_settings settings = {
    .port = "app",
    .rom_baud = 57600,
    .app_baud = 9600,
    .text = "go!",
    .text_length = 3,
    .wait_ms = 1000,
};

static int set_up(void **state)
{
    (void)state;
    connection_bench_set_up();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_bootloader_free(&bench.memory);
    return 0;
}

static void find_asks_nobody_and_frees_as_the_caller_says(void **state)
{
    struct connection_settings asked = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    asked.recovery = RECOVERY_FINISHES_ANY;
    bench.memory.silent = 1;
    assert_int_equal(connection_find(&connection, &asked, &problem), EXIT_NO_DEVICE);
    assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 1);
    assert_int_equal(bench.memory.recovery[0], RECOVERY_FINISHES_ANY);
    assert_false(connection.entry_requested);
    assert_string_equal(bench.log, "ROM on app at 57600; open app; ");
    connection_bench_assert_closed(&connection);
}

static void a_bootloader_that_runs_is_not_asked_for(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 1);
    assert_false(connection.entry_requested);
    assert_null(strstr(bench.log, "go!"));
    connection_bench_assert_closed(&connection);
}

static void a_bootloader_is_freed_as_the_caller_says(void **state)
{
    struct connection_settings asked = settings;
    struct connection connection;
    struct problem problem;

    static const unsigned wanted[] = {RECOVERY_NONE, RECOVERY_FINISHES_BLOCK,
                                      RECOVERY_FINISHES_ANY};

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        set_up(state);
        asked.recovery = wanted[i];
        bench.memory.silent = 2;
        assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_NO_DEVICE);
        assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 2);
        assert_int_equal(bench.memory.recovery[0], RECOVERY_NONE);
        assert_int_equal(bench.memory.recovery[1], RECOVERY_STARTS | wanted[i]);
        assert_int_equal(strstr(problem.try_this, "--recover") == NULL,
                         wanted[i] == RECOVERY_FINISHES_ANY);
        connection_bench_assert_closed(&connection);
        if (i + 1 < sizeof wanted / sizeof *wanted) {
            tear_down(state);
        }
    }
}

static void an_application_on_the_same_port_is_asked_there(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.memory.silent = 1;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_true(connection.entry_requested);
    assert_string_equal(bench.log, "ROM on app at 57600; open app; app at 9600; app gets go!; ");
    connection_bench_assert_closed(&connection);
}

static void an_application_on_another_port_is_left_alone_afterwards(void **state)
{
    struct connection_settings apart = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    apart.rom_port = "rom";
    bench.memory.silent = 1;
    assert_int_equal(connection_enter(&connection, &apart, &problem), 0);
    assert_string_equal(bench.log, "ROM on rom at 57600; open rom; "
                                   "open app; app at 9600; app gets go!; close app; ");
    connection_bench_assert_closed(&connection);
}

// The ROM of what is on USB comes to the same place.
static void no_other_port_is_taken_for_a_place_on_usb(void **state)
{
    struct connection_settings apart = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    apart.port = "usb:1-2";
    apart.rom_port = "rom";
    assert_int_equal(connection_enter(&connection, &apart, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "--rom-port rom: "));
    assert_string_equal(bench.log, "");
}

// It left, and the ROM did not serve.
static void an_application_that_comes_back_is_told(void **state)
{
    struct bench_device one = {.found = {.roles = USB_ROLE_RUNTIME, .address = 7, .path = "1-2"},
                               .leaves_when_asked = true};
    struct connection_settings usb = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    usb.port = "usb:1-2";
    bench.devices[0] = one;
    one.leaves_when_asked = false;
    one.after_asking = true;
    one.comes_ms = 500;
    one.found.address = 8;
    bench.devices[1] = one;
    assert_int_equal(connection_enter(&connection, &usb, &problem), EXIT_NO_DEVICE);
    assert_non_null(strstr(problem.what, "the application has left, and is back there"));
    connection_bench_assert_closed(&connection);
}

static void read_sequence(struct ask_sequence *sequence, const char *text)
{
    struct problem problem;

    assert_int_equal(ask_parse(sequence, "steps", text, strlen(text), &problem), 0);
}

static void an_application_is_asked_step_by_step(void **state)
{
    struct connection_settings asked = settings;
    struct ask_sequence sequence;
    struct connection connection;
    struct problem problem;
    (void)state;

    read_sequence(&sequence, "baud 250000\nsend \"#\"\nexpect \"> \"\nsend \"bl\"\n");
    asked.ask = ASK_SEQUENCE;
    asked.sequence = &sequence;
    asked.app_baud = 0;
    bench.memory.silent = 1;
    bench.printed = "hello\r\n> ";
    assert_int_equal(connection_enter(&connection, &asked, &problem), 0);
    assert_true(connection.entry_requested);
    assert_string_equal(bench.log, "ROM on app at 57600; open app; app at 250000; app gets #; "
                                   "app gets bl; ");
    connection_bench_assert_closed(&connection);
}

// It got no text, so the advice is not about the text that it got.
static void a_touch_in_vain_says_what_was_tried(void **state)
{
    struct connection_settings asked = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    asked.ask = ASK_TOUCH;
    bench.memory.silent = 1000;
    assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_NO_DEVICE);
    assert_non_null(strstr(problem.try_this, "opened at 1200 baud and closed"));
    connection_bench_assert_closed(&connection);
}

static void an_answer_that_is_missing_ends_the_search(void **state)
{
    struct connection_settings asked = settings;
    struct ask_sequence sequence;
    struct connection connection;
    struct problem problem;
    (void)state;

    read_sequence(&sequence, "baud 250000\nsend \"#\"\nexpect \"> \"\nsend \"bl\"\n");
    asked.ask = ASK_SEQUENCE;
    asked.sequence = &sequence;
    bench.memory.silent = 1;
    bench.printed = "what?";
    assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "it answers \"what?\""));
    // What the user says comes before what the sequence says.
    assert_string_equal(bench.log, "ROM on app at 57600; open app; app at 9600; app gets #; ");
    connection_bench_assert_closed(&connection);
}

static void what_helps_where_no_rom_comes_is_in_the_sequence(void **state)
{
    struct connection_settings asked = settings;
    struct ask_sequence sequence;
    struct connection connection;
    struct problem problem;
    (void)state;

    read_sequence(&sequence, "hint \"press it\"\ntouch 1200\n");
    asked.ask = ASK_SEQUENCE;
    asked.sequence = &sequence;
    bench.memory.silent = 2;
    assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_NO_DEVICE);
    assert_string_equal(problem.try_this, "press it");
    assert_non_null(strstr(bench.log, "touch app at 1200; "));
    connection_bench_assert_closed(&connection);
}

// What Katapult does, which comes instead of the ROM, is known to the sequence.
static void that_holds_on_usb_too(void **state)
{
    struct connection_settings asked = settings;
    struct ask_sequence klipper;
    struct connection connection;
    struct problem problem;
    (void)state;

    assert_int_equal(ask_find(&klipper, "klipper", &problem), 0);
    asked.ask = ASK_SEQUENCE;
    asked.sequence = &klipper;
    bench.devices[0] = (struct bench_device){
        .found = {.roles = USB_ROLE_SERIAL, .bus = 1, .address = 7, .path = "1-2"},
        .leaves_when_asked = true};
    bench.port_bus = 1;
    bench.port_address = 7;
    bench.memory.silent = 1;
    assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_NO_DEVICE);
    assert_non_null(strstr(problem.what, "the application is gone, and nothing came there"));
    assert_non_null(strstr(problem.try_this, "Katapult"));
    connection_bench_assert_closed(&connection);
}

static void a_sequence_that_does_not_fit_the_port_is_told_before_anything_is_opened(void **state)
{
    static const struct {
        const char *text, *port, *what;
    } cases[] = {
        {"refuse \"no\" \"yes\"", "app", "--ask steps: no"},
        {"detach", "app", "--ask dfu: app is a serial port"},
    };
    struct connection_settings asked = settings;
    struct ask_sequence sequence;
    struct connection connection;
    struct problem problem;
    (void)state;

    asked.ask = ASK_SEQUENCE;
    asked.sequence = &sequence;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_sequence(&sequence, cases[i].text);
        asked.port = cases[i].port;
        assert_int_equal(connection_enter(&connection, &asked, &problem), EXIT_USAGE);
        assert_string_equal(problem.what, cases[i].what);
        assert_string_equal(bench.log, "");
    }
}

static void the_first_line_of_a_started_application_is_told(void **state)
{
    char line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;
    (void)state;

    assert_int_equal(connection_find(&connection, &settings, &problem), 0);
    bench.printed = "\r\nhello\r\nagain\r\n";
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    assert_int_equal(bench.memory.calls[CALL_GO], 1);
    assert_string_equal(line, "hello");
    bench.printed = "";
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), EXIT_FAILED);
    assert_string_equal(problem.what,
                        "start at app: no answer from the application within 1000 ms");
    connection_bench_assert_closed(&connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(find_asks_nobody_and_frees_as_the_caller_says, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_bootloader_that_runs_is_not_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bootloader_is_freed_as_the_caller_says, NULL, tear_down),
        cmocka_unit_test_setup_teardown(an_application_on_the_same_port_is_asked_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_application_that_comes_back_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_other_port_is_taken_for_a_place_on_usb, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_application_on_another_port_is_left_alone_afterwards,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_application_is_asked_step_by_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_touch_in_vain_says_what_was_tried, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_that_is_missing_ends_the_search, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_helps_where_no_rom_comes_is_in_the_sequence, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(that_holds_on_usb_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_sequence_that_does_not_fit_the_port_is_told_before_anything_is_opened, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(the_first_line_of_a_started_application_is_told, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
