// test_serial.c: settings of a serial line: any baud rate, and all as it was found afterwards.
// SPDX-License-Identifier: MIT
#include "serial_bench.h"

#include "serial_rate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FOUND_BAUD = 250000 };

static void settings_are_as_found_afterwards(void **state)
{
    struct termios found = serial_bench_settings(), is;
    struct problem problem;
    (void)state;

    found.c_cflag |= CSTOPB | CRTSCTS | HUPCL;
    found.c_cc[VMIN] = 7;
    cfsetspeed(&found, B9600);
    assert_int_equal(tcsetattr(serial_bench.slave, TCSANOW, &found), 0);
    found = serial_bench_settings();
    assert_true(found.c_lflag & ECHO);

    struct serial *line = serial_bench_open();
    assert_int_equal(serial_configure(line, 57600, PARITY_EVEN, &problem), 0);
    is = serial_bench_settings();
    assert_int_equal(cfgetospeed(&is), B57600);
    assert_int_equal(is.c_cflag & (CSTOPB | CRTSCTS), 0);
    assert_int_equal(is.c_lflag, 0);
    serial_close(line);
    is = serial_bench_settings();
    assert_memory_equal(&is, &found, sizeof is);
}

static void settings_are_as_found_after_an_error(void **state)
{
    const struct termios found = serial_bench_settings();
    struct problem problem;
    (void)state;

    struct serial *line = serial_bench_open();
    serial_bench.driver_baud = 9600;
    assert_int_equal(serial_configure(line, 115200, PARITY_EVEN, &problem), EXIT_FAILED);
    serial_bench.driver_baud = 0;
    serial_close(line);
    const struct termios is = serial_bench_settings();
    assert_memory_equal(&is, &found, sizeof is);
}

static void a_rate_without_a_name_is_as_found_afterwards(void **state)
{
    struct problem problem;
    (void)state;

    assert_true(serial_rate_set(serial_bench.slave, FOUND_BAUD));
    struct serial *line = serial_bench_open();
    assert_int_equal(serial_configure(line, 9600, PARITY_NONE, &problem), 0);
    assert_int_equal(serial_rate_get(serial_bench.slave), 9600);
    serial_close(line);
    assert_int_equal(serial_rate_get(serial_bench.slave), FOUND_BAUD);
}

// Arduino's cores take the request back where the rate changes before they have left.
static void a_touched_port_keeps_its_rate(void **state)
{
    struct problem problem;
    (void)state;

    struct serial *line = serial_bench_open();
    assert_int_equal(serial_touch(line, 1200, &problem), 0);
    serial_close(line);
    assert_int_equal(serial_rate_get(serial_bench.slave), 1200);
}

static void any_rate_is_set(void **state)
{
    static const unsigned rates[] = {50,     1200,   56000,   115200,  123456,
                                     250000, 921600, 3000000, 12000000};
    struct problem problem;
    (void)state;

    struct serial *line = serial_bench_open();
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        assert_int_equal(serial_configure(line, rates[i], PARITY_EVEN, &problem), 0);
        assert_int_equal(serial_rate_get(serial_bench.slave), rates[i]);
    }
    assert_int_equal(serial_configure(line, 0, PARITY_NONE, &problem), EXIT_USAGE);
    serial_close(line);
}

static void the_rate_that_the_driver_takes_is_told(void **state)
{
    char wanted[256];
    struct problem problem;
    (void)state;

    struct serial *line = serial_bench_open();
    serial_bench.driver_baud = 102500;
    assert_int_equal(serial_configure(line, 100000, PARITY_NONE, &problem), 0);
    serial_bench.driver_baud = 97500;
    assert_int_equal(serial_configure(line, 100000, PARITY_NONE, &problem), 0);
    serial_bench.driver_baud = 102501;
    assert_int_equal(serial_configure(line, 100000, PARITY_NONE, &problem), EXIT_FAILED);
    snprintf(wanted, sizeof wanted,
             "set %s: the port takes 102501 baud instead of 100000; it must be within 2.5 %%",
             serial_bench.port);
    assert_string_equal(problem.what, wanted);
    serial_bench.driver_baud = 97499;
    assert_int_equal(serial_configure(line, 100000, PARITY_NONE, &problem), EXIT_FAILED);
    serial_bench.driver_baud = 0;
    serial_close(line);
}

static void write_down(void *context, const struct monitor_frame *frame)
{
    char *log = context;

    sprintf(log + strlen(log), "%d %zu %.*s%s; ", (int)frame->kind, frame->size, (int)frame->size,
            (const char *)frame->bytes, frame->note);
}

static void who_listens_is_told_what_goes_over_the_line(void **state)
{
    char log[256] = "";
    const struct monitor monitor = {.tell = write_down, .context = log};
    struct problem problem;
    uint8_t bytes[8];
    (void)state;

    struct serial *line = serial_bench_open();
    serial_monitor(line, &monitor);
    assert_int_equal(serial_configure(line, 9600, PARITY_EVEN, &problem), 0);
    assert_int_equal(serial_write(line, "out", 3), 0);
    assert_int_equal(write(serial_bench.master, "inside", 6), 6);
    assert_int_equal(serial_read(line, bytes, 2, 100), 2);
    assert_int_equal(serial_read(line, bytes, 3, 100), 3);
    assert_string_equal(log, "2 0 9600 baud, 8E1; 0 3 out; ");
    assert_int_equal(serial_read(line, bytes, sizeof bytes, 1), 1);
    assert_string_equal(log, "2 0 9600 baud, 8E1; 0 3 out; 1 6 inside; ");
    assert_int_equal(write(serial_bench.master, "!", 1), 1);
    assert_int_equal(serial_read(line, bytes, 1, 100), 1);
    serial_close(line);
    assert_string_equal(log, "2 0 9600 baud, 8E1; 0 3 out; 1 6 inside; 1 1 !; ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(settings_are_as_found_afterwards, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(settings_are_as_found_after_an_error, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_rate_without_a_name_is_as_found_afterwards,
                                        serial_bench_set_up, serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_touched_port_keeps_its_rate, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(any_rate_is_set, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(the_rate_that_the_driver_takes_is_told, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(who_listens_is_told_what_goes_over_the_line,
                                        serial_bench_set_up, serial_bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
