// test_connection_wait.c: waits for a board that comes, for one that does not, and who ends them.
// SPDX-License-Identifier: MIT
#include "connection_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { BOARD_MS = 10000, LOOK_MS = 50 };

static struct {
    unsigned tells, last_ms;
    char what[96];
    uint64_t interrupted_at; // 0: never
} watched;

static void tell(void *context, const char *what, unsigned waited_ms, unsigned most_ms)
{
    (void)context;
    assert_int_equal(most_ms, BOARD_MS);
    snprintf(watched.what, sizeof watched.what, "%s", what);
    watched.last_ms = waited_ms;
    watched.tells++;
}

static bool is_interrupted(void *context)
{
    (void)context;
    return watched.interrupted_at && bench.now >= watched.interrupted_at;
}

static const struct connection_settings settings = {
    .port = "app",
    .rom_baud = 57600,
    .app_baud = 9600,
    .text = "go!",
    .text_length = 3,
    .board_ms = BOARD_MS,
    .recovery = RECOVERY_FINISHES_ANY,
    .wait = {tell, NULL, is_interrupted},
};

static int set_up(void **state)
{
    (void)state;
    connection_bench_set_up();
    memset(&watched, 0, sizeof watched);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_bootloader_free(&bench.memory);
    return 0;
}

static void a_port_that_comes_later_is_found_at_once(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.absent = 100;
    assert_int_equal(connection_find(&connection, &settings, &problem), 0);
    assert_int_equal(bench.now, 100 * LOOK_MS);
    assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 1);
    assert_int_equal(watched.tells, 5); // at once, then each second
    assert_int_equal(watched.last_ms, 4000);
    assert_string_equal(watched.what, "the board at app");
    connection_bench_assert_closed(&connection);
}

// A ROM that is stuck in a frame gets no two sync bytes in a row, and no bytes that end the frame.
static void a_line_stays_open_while_nothing_answers(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.memory.silent = 5;
    assert_int_equal(connection_find(&connection, &settings, &problem), 0);
    assert_string_equal(bench.log, "ROM on app at 57600; open app; app gets ; ");
    assert_int_equal(bench.memory.recovery[0], RECOVERY_NONE);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(bench.memory.recovery[i], i ? RECOVERY_STARTS : RECOVERY_NONE);
        assert_true(bench.memory.window_ms[i] <= 100);
    }
    connection_bench_assert_closed(&connection);
}

static void a_board_that_does_not_come_is_told_with_the_time(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.memory.silent = 1000;
    assert_int_equal(connection_find(&connection, &settings, &problem), EXIT_NO_DEVICE);
    assert_string_equal(problem.what, "nobody answers (waited for 10 s)");
    assert_string_equal(problem.try_this, "look");
    assert_in_range(bench.now, BOARD_MS, BOARD_MS + 2 * LOOK_MS);
    assert_int_equal(watched.tells, 10);
    connection_bench_assert_closed(&connection);
}

static void a_wait_can_be_interrupted(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.absent = 1000;
    watched.interrupted_at = 3000;
    assert_int_equal(connection_find(&connection, &settings, &problem), EXIT_FAILED);
    assert_string_equal(problem.what, "interrupted: no board came, nothing was changed");
    assert_in_range(bench.now, 3000, 3000 + LOOK_MS);
    connection_bench_assert_closed(&connection);
}

// udev gives a new port to its group a moment after it is there.
static void a_new_port_that_may_not_be_used_yet_is_tried_again(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.absent = 20;
    bench.denied = 10;
    assert_int_equal(connection_find(&connection, &settings, &problem), 0);
    assert_int_equal(bench.now, 30 * LOOK_MS);
    connection_bench_assert_closed(&connection);
}

static void each_new_port_has_its_time_to_settle(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.denied_first = 30;
    bench.absent = 20;
    bench.denied = 30;
    assert_int_equal(connection_find(&connection, &settings, &problem), 0);
    assert_int_equal(bench.now, 80 * LOOK_MS);
    connection_bench_assert_closed(&connection);
}

static void a_port_that_may_not_be_used_at_all_ends_the_wait(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.absent = 20;
    bench.denied = 1000;
    assert_int_equal(connection_find(&connection, &settings, &problem), EXIT_FAILED);
    assert_string_equal(problem.what, "you may not use this port");
    assert_in_range(bench.now, 3000, 3000 + LOOK_MS);
    connection_bench_assert_closed(&connection);
}

static void an_application_is_asked_once_then_a_button_may_be_pressed(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.memory.silent = 50;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_true(connection.entry_requested);
    assert_string_equal(bench.log, "ROM on app at 57600; open app; app at 9600; app gets go!; "
                                   "app gets ; ");
    assert_int_equal(bench.memory.recovery[1], RECOVERY_STARTS); // frees none
    connection_bench_assert_closed(&connection);
}

static void without_a_wait_there_is_one_look(void **state)
{
    struct connection_settings now = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    now.board_ms = 0;
    bench.absent = 2;
    assert_int_equal(connection_find(&connection, &now, &problem), EXIT_NO_DEVICE);
    assert_string_equal(problem.what, "no such port");
    assert_int_equal(connection_enter(&connection, &now, &problem), EXIT_NO_DEVICE);
    assert_int_equal(bench.now, 0);
    assert_int_equal(watched.tells, 0);
    connection_bench_assert_closed(&connection);
}

// An ST-LINK is there all the time; its serial port does not count.
static void a_rom_that_comes_to_usb_is_taken_at_once(void **state)
{
    struct connection_settings usb = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    usb.port = "usb:";
    bench.devices[0].found = (struct usb_found){.roles = USB_ROLE_SERIAL, .path = "1-1"};
    bench.devices[1] = (struct bench_device){
        .found = {.roles = USB_ROLE_DFU, .address = 9, .path = "1-2"}, .comes_ms = 4010};
    assert_int_equal(connection_enter(&connection, &usb, &problem), 0);
    assert_string_equal(bench.log, "ROM on usb:1-2 at 57600; ");
    assert_in_range(bench.now, 4010, 4010 + LOOK_MS);
    assert_false(connection.entry_requested);
    connection_bench_assert_closed(&connection);
}

// It is taken away, and comes back with BOOT0 high.
static void
an_application_that_ignores_the_request_is_followed_when_its_button_is_pressed(void **state)
{
    struct bench_device board = {.found = {.roles = USB_ROLE_SERIAL, .address = 7, .path = "1-2"},
                                 .stays_ms = 6000};
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[0] = board;
    board.found.roles = USB_ROLE_DFU;
    board.found.address = 8;
    board.stays_ms = 0;
    board.comes_ms = 7000;
    bench.devices[1] = board;
    bench.devices[0].found.bus = bench.devices[1].found.bus = bench.port_bus = 1;
    bench.port_address = 7;
    bench.memory.silent = 200;
    bench.usb_answers = true;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_non_null(strstr(bench.log, "ROM on usb:1-2 at 57600; "));
    assert_null(strstr(strstr(bench.log, "go!") + 1, "go!")); // asked once
    assert_in_range(bench.now, 7000, 7000 + 2 * LOOK_MS);
    connection_bench_assert_closed(&connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_port_that_comes_later_is_found_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_line_stays_open_while_nothing_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_board_that_does_not_come_is_told_with_the_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_wait_can_be_interrupted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_port_that_may_not_be_used_yet_is_tried_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_new_port_has_its_time_to_settle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_port_that_may_not_be_used_at_all_ends_the_wait, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_application_is_asked_once_then_a_button_may_be_pressed,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_wait_there_is_one_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rom_that_comes_to_usb_is_taken_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            an_application_that_ignores_the_request_is_followed_when_its_button_is_pressed, set_up,
            tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
