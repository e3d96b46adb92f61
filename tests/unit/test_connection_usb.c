// test_connection_usb.c: an application leaves USB, its ROM comes, and no other board is taken.
// SPDX-License-Identifier: MIT
#include "connection_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct connection_settings settings = {
    .port = "usb:1-2",
    .rom_baud = 57600,
    .app_baud = 9600,
    .text = "go!",
    .text_length = 3,
};

static const struct bench_device application = {.found = {.vendor = 0x0483,
                                                          .product = 0x5740,
                                                          .roles = USB_ROLE_SERIAL,
                                                          .bus = 1,
                                                          .address = 7,
                                                          .path = "1-2",
                                                          .serial = "357E366E3231",
                                                          .name = "Valve"},
                                                .leaves_when_asked = true};

static const struct bench_device rom = {.found = {.vendor = 0x0483,
                                                  .product = 0xDF11,
                                                  .roles = USB_ROLE_DFU,
                                                  .bus = 1,
                                                  .address = 8,
                                                  .path = "1-2",
                                                  .serial = "357E366E3231"},
                                        .after_asking = true,
                                        .comes_ms = 1500};

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

// The board with its application, and its ROM once that was asked.
static void plug_in(unsigned roles)
{
    bench.devices[0] = application;
    bench.devices[0].found.roles = roles;
    bench.devices[1] = rom;
}

// The same on a serial port of its own USB.
static struct connection_settings on_serial_port(void)
{
    struct connection_settings serial = settings;

    plug_in(USB_ROLE_SERIAL);
    bench.port_bus = application.found.bus;
    bench.port_address = application.found.address;
    bench.memory.silent = 1;
    serial.port = "tty";
    return serial;
}

static void a_rom_that_is_there_is_opened_at_its_place(void **state)
{
    struct connection connection;
    struct problem problem;
    struct connection_settings any = settings;
    (void)state;

    bench.devices[0] = rom;
    bench.devices[0].after_asking = false;
    bench.devices[0].comes_ms = 0;
    any.port = "usb:";
    assert_int_equal(connection_enter(&connection, &any, &problem), 0);
    assert_string_equal(bench.log, "ROM on usb:1-2 at 57600; ");
    assert_false(connection.entry_requested);
    connection_bench_assert_closed(&connection);
}

static void an_application_is_detached_and_its_rom_awaited(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_string_equal(bench.log, "open usb:1-2; request 0; reset; close usb; "
                                   "ROM on usb:1-2 at 57600; ");
    assert_true(connection.entry_requested);
    connection_bench_assert_closed(&connection);
}

static void one_that_leaves_by_itself_is_not_reset(void **state)
{
    static const uint8_t functional[] = {9, 0x21, 0x0B, 255, 0, 0, 8, 0x1A, 1};
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    bench.devices[0].found.class_size = sizeof functional;
    memcpy(bench.devices[0].found.class_bytes, functional, sizeof functional);
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_null(strstr(bench.log, "reset"));
    connection_bench_assert_closed(&connection);
}

static void one_that_refuses_is_told(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    bench.refuses_detach = true;
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_REFUSED);
    assert_non_null(strstr(problem.what, "refuses DFU_DETACH"));
    connection_bench_assert_closed(&connection);
}

static void one_without_detach_is_asked_elsewhere(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_SERIAL);
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "ask the application at usb:1-2 (Valve): it does not have "
                                      "DFU_DETACH");
    connection_bench_assert_closed(&connection);
}

static void a_rom_at_another_place_is_never_taken(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    bench.devices[1].found.path[2] = '3';
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_NO_DEVICE);
    assert_string_equal(problem.what, "wait for the ROM at usb:1-2: the application is gone, and "
                                      "nothing came there within 5000 ms");
    connection_bench_assert_closed(&connection);
}

static void one_that_comes_earlier_at_another_place_is_not_either(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    bench.devices[2] = rom;
    bench.devices[2].found.path[2] = '1';
    bench.devices[2].comes_ms = 10;
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    assert_non_null(strstr(bench.log, "ROM on usb:1-2 "));
    connection_bench_assert_closed(&connection);
}

static void another_chip_at_the_same_place_is_told(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    strcpy(bench.devices[1].found.serial, "208B317A3331");
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "had serial number 357E366E3231, the ROM has "
                                         "208B317A3331"));
    connection_bench_assert_closed(&connection);
}

static void a_serial_number_of_its_own_says_nothing(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    strcpy(bench.devices[0].found.serial, "VALVE-17");
    assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
    connection_bench_assert_closed(&connection);
}

// What the ROMs of some rows have: the sum with other digits behind it, and a text that is no
// number.
static void a_rom_makes_its_serial_number_otherwise(void **state)
{
    static const char *const others[] = {"357E366E4754", "FFFFFFFEFFFF", "200364500000"};
    struct connection connection;
    struct problem problem;

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        tear_down(state);
        set_up(state);
        plug_in(USB_ROLE_RUNTIME);
        strcpy(bench.devices[1].found.serial, others[i]);
        assert_int_equal(connection_enter(&connection, &settings, &problem), 0);
        connection_bench_assert_closed(&connection);
    }
}

static void an_application_that_stays_is_told(void **state)
{
    struct connection connection;
    struct problem problem;
    (void)state;

    plug_in(USB_ROLE_RUNTIME);
    bench.devices[0].leaves_when_asked = false;
    bench.devices[1].found.roles = 0;
    assert_int_equal(connection_enter(&connection, &settings, &problem), EXIT_NO_DEVICE);
    assert_non_null(strstr(problem.what, "the application is still there after 5000 ms"));
    connection_bench_assert_closed(&connection);
}

static void a_text_on_its_serial_port_brings_the_rom_to_the_same_place(void **state)
{
    struct connection_settings serial = on_serial_port();
    struct connection connection;
    struct problem problem;
    (void)state;

    assert_int_equal(connection_enter(&connection, &serial, &problem), 0);
    assert_string_equal(bench.log, "ROM on tty at 57600; open tty; tty at 9600; tty gets go!; "
                                   "ROM on usb:1-2 at 57600; ");
    connection_bench_assert_closed(&connection);
}

static void a_touch_does_so_too(void **state)
{
    struct connection_settings serial = on_serial_port();
    struct connection connection;
    struct problem problem;
    (void)state;

    serial.ask = ASK_TOUCH;
    assert_int_equal(connection_enter(&connection, &serial, &problem), 0);
    assert_non_null(strstr(bench.log, "touch tty at 1200; ROM on usb:1-2 "));
    connection_bench_assert_closed(&connection);
}

// Behind an adapter the ROM is on the serial line, whatever comes to USB meanwhile.
static void behind_an_adapter_the_serial_line_stays(void **state)
{
    struct connection_settings serial = on_serial_port();
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[0].found.product = 0x374E;
    bench.devices[0].leaves_when_asked = false;
    assert_int_equal(connection_enter(&connection, &serial, &problem), 0);
    assert_null(strstr(bench.log, "ROM on usb"));
    assert_int_equal(bench.memory.calls[CALL_IDENTIFY], 2);
    connection_bench_assert_closed(&connection);
}

static void an_adapter_that_nobody_knows_stays_and_is_used(void **state)
{
    struct connection_settings serial = on_serial_port();
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[0].found.product = 0x1234;
    bench.devices[0].leaves_when_asked = false;
    bench.devices[1].found.roles = 0;
    assert_int_equal(connection_enter(&connection, &serial, &problem), 0);
    assert_null(strstr(bench.log, "ROM on usb"));
    connection_bench_assert_closed(&connection);
}

static void the_rom_may_be_on_usb_where_the_application_is_on_a_line(void **state)
{
    struct connection_settings apart = settings;
    char line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[1] = rom;
    apart.port = "tty";
    apart.rom_port = "usb:";
    apart.wait_ms = 1000;
    bench.printed = "hello\n";
    assert_int_equal(connection_enter(&connection, &apart, &problem), 0);
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    assert_string_equal(line, "hello");
    assert_string_equal(bench.log, "open tty; tty at 9600; tty gets go!; close tty; "
                                   "ROM on usb:1-2 at 57600; open tty; tty at 9600; ");
    connection_bench_assert_closed(&connection);
}

static void one_that_is_about_to_leave_is_no_reason_not_to_ask(void **state)
{
    struct connection_settings apart = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[0] = rom;
    bench.devices[0].after_asking = false;
    bench.devices[0].comes_ms = 0;
    bench.gone = 1;
    apart.port = "tty";
    apart.rom_port = "usb:";
    assert_int_equal(connection_enter(&connection, &apart, &problem), 0);
    assert_true(connection.entry_requested);
    connection_bench_assert_closed(&connection);
}

// The application is there, on its own USB: a ROM beside it is another board's.
static void the_rom_of_another_board_is_left_alone(void **state)
{
    struct connection_settings apart = on_serial_port();
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[2] = rom;
    bench.devices[2].after_asking = false;
    bench.devices[2].comes_ms = 0;
    bench.devices[2].found.path[2] = '3';
    bench.memory.silent = 0;
    apart.rom_port = "usb:";
    assert_int_equal(connection_enter(&connection, &apart, &problem), 0);
    assert_non_null(strstr(bench.log, "ROM on usb:1-2 "));
    assert_null(strstr(bench.log, "ROM on usb:1-3 "));
    connection_bench_assert_closed(&connection);
}

static void of_two_that_come_neither_is_taken(void **state)
{
    struct connection_settings apart = settings;
    struct connection connection;
    struct problem problem;
    (void)state;

    bench.devices[1] = bench.devices[2] = rom;
    bench.devices[2].found.path[2] = '3';
    apart.port = "tty";
    apart.rom_port = "usb:";
    assert_int_equal(connection_enter(&connection, &apart, &problem), EXIT_SEVERAL_DEVICES);
    connection_bench_assert_closed(&connection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rom_that_is_there_is_opened_at_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_application_is_detached_and_its_rom_awaited, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_that_leaves_by_itself_is_not_reset, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_refuses_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_without_detach_is_asked_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rom_at_another_place_is_never_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_comes_earlier_at_another_place_is_not_either,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_chip_at_the_same_place_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_serial_number_of_its_own_says_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_rom_makes_its_serial_number_otherwise, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_application_that_stays_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_on_its_serial_port_brings_the_rom_to_the_same_place,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_touch_does_so_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(behind_an_adapter_the_serial_line_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_adapter_that_nobody_knows_stays_and_is_used, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_rom_may_be_on_usb_where_the_application_is_on_a_line,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_about_to_leave_is_no_reason_not_to_ask, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_rom_of_another_board_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_two_that_come_neither_is_taken, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
