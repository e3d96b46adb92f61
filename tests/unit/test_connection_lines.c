// test_connection_lines.c: into a bootloader and out of it by DTR and RTS, without a port.
// SPDX-License-Identifier: MIT
#include "connection_bench.h"

#include "modem_sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define ENTERS "app at 9600; keep app; app -rts; app +dtr; app -dtr; "
#define LEAVES "app +rts; app +dtr; app -dtr; "

static const struct monitor nobody;
static struct modem_sequence stm32loader;

static int set_up(void **state)
{
    struct problem problem;
    (void)state;

    connection_bench_set_up();
    assert_int_equal(modem_sequence_parse(&stm32loader, "stm32loader", &problem), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_bootloader_free(&bench.memory);
    return 0;
}

static struct connection_settings by_lines(void)
{
    return (struct connection_settings){.port = "app",
                                        .lines = &stm32loader,
                                        .rom_baud = 57600,
                                        .app_baud = 9600,
                                        .text = "go!",
                                        .text_length = 3,
                                        .wait_ms = 1000};
}

static void nobody_is_asked_and_the_rom_is_left_at_the_end(void **state)
{
    const struct connection_settings settings = by_lines();
    struct connection connection;
    struct problem problem;

    for (int finds = 0; finds < 2; finds++) {
        assert_int_equal(finds ? connection_find(&connection, &settings, &problem)
                               : connection_enter(&connection, &settings, &problem),
                         0);
        assert_string_equal(bench.log, "ROM on app at 57600; open app; " ENTERS);
        assert_true(connection.entry_requested);
        assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 1);
        assert_int_equal(bench.memory.recovery[0], RECOVERY_STARTS);
        assert_false(bench.memory.base.was_reset);
        bench.log[0] = '\0';
        connection_close(&connection);
        assert_string_equal(bench.log, LEAVES);
        assert_true(bench.memory.base.was_reset);
        connection_bench_assert_closed(&connection);
        if (finds == 0) {
            tear_down(state);
            set_up(state);
        }
    }
}

static void who_stays_in_the_rom_leaves_the_lines_alone(void **state)
{
    struct connection_settings settings = by_lines();
    struct connection connection;
    struct problem problem;
    (void)state;

    settings.stays = true;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    bench.log[0] = '\0';
    connection_bench_assert_closed(&connection);
    assert_null(strstr(bench.log, "dtr"));
    assert_false(bench.memory.base.was_reset);
}

static void a_started_application_is_reset_once(void **state)
{
    const struct connection_settings settings = by_lines();
    char line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;
    (void)state;

    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    bench.log[0] = '\0';
    bench.printed = "\r\nhello\r\n";
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    assert_int_equal(bench.memory.calls[CALL_GO], 1);
    assert_string_equal(line, "hello");
    connection_bench_assert_closed(&connection);
    assert_string_equal(bench.log, LEAVES "app at 9600; close app; ");
}

static void a_port_beside_that_of_the_rom_stays_open(void **state)
{
    struct connection_settings settings = by_lines();
    char line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;
    (void)state;

    settings.rom_port = "rom";
    settings.monitor = &nobody;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_string_equal(bench.log, "ROM on rom at 57600; open rom; open app; " ENTERS);
    bench.log[0] = '\0';
    bench.printed = "hello\r\n";
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    connection_bench_assert_closed(&connection);
    assert_string_equal(bench.log, "app at 9600; " LEAVES "close app; close rom; ");
    assert_int_equal(bench.monitored, 2);
}

static void a_rom_on_usb_is_started_by_the_lines_of_a_serial_port(void **state)
{
    struct connection_settings settings = by_lines();
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[0] = (struct bench_device){
        .found = {.roles = USB_ROLE_DFU, .path = "1-2"}, .after_asking = true, .comes_ms = 500};
    settings.rom_port = "usb:";
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_string_equal(bench.log, "open app; " ENTERS "ROM on usb:1-2 at 57600; ");
    bench.log[0] = '\0';
    connection_bench_assert_closed(&connection);
    assert_string_equal(bench.log, LEAVES "close app; ");
}

static void what_cannot_be_is_told(void **state)
{
    struct connection_settings settings = by_lines();
    struct connection connection;
    struct problem problem;
    (void)state;

    settings.port = "usb:1-2";
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.try_this, "--rom-port usb:"));
    connection_bench_assert_closed(&connection);
    assert_string_equal(bench.log, "");

    settings.port = "app";
    bench.has_no_lines = true;
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_FAILED);
    assert_string_equal(problem.what, "no lines");
    assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 0);
    connection_bench_assert_closed(&connection);

    bench.has_no_lines = false;
    bench.memory.silent = 1;
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_NO_DEVICE);
    assert_non_null(strstr(problem.try_this, "--dtr-rts for the circuit of this board"));
    bench.log[0] = '\0';
    connection_bench_assert_closed(&connection);
    assert_non_null(strstr(bench.log, LEAVES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_asked_and_the_rom_is_left_at_the_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_stays_in_the_rom_leaves_the_lines_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_started_application_is_reset_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_port_beside_that_of_the_rom_stays_open, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_rom_on_usb_is_started_by_the_lines_of_a_serial_port,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_told, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
