// test_serial_lines.c: DTR and RTS of a serial port change when they are told to, and only then.
// SPDX-License-Identifier: MIT
#include "serial_bench.h"

#include "modem_sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

#include <cmocka.h>

static void nothing_changes_them_unasked(void **state)
{
    struct problem problem;
    (void)state;

    serial_bench.wired = true;
    struct serial *line = serial_bench_open();
    assert_int_equal(serial_configure(line, 115200, PARITY_NONE, &problem), 0);
    assert_int_equal(serial_write(line, "x", 1), 0);
    serial_discard(line);
    serial_close(line);
    assert_int_equal(serial_bench.change_count, 0);
}

static void both_change_at_once(void **state)
{
    struct problem problem;
    (void)state;

    serial_bench.wired = true;
    struct serial *line = serial_bench_open();
    assert_int_equal(serial_set_lines(line, SERIAL_DTR | SERIAL_RTS, SERIAL_RTS, &problem), 0);
    assert_int_equal(serial_set_lines(line, SERIAL_RTS, 0, &problem), 0);
    assert_int_equal(serial_set_lines(line, SERIAL_DTR, SERIAL_DTR | SERIAL_RTS, &problem), 0);
    assert_int_equal(serial_bench.change_count, 3);
    assert_int_equal(serial_bench.changes[0].lines, TIOCM_RTS);
    assert_int_equal(serial_bench.changes[1].lines, 0);
    assert_int_equal(serial_bench.changes[2].lines, TIOCM_DTR);
    serial_close(line);
    assert_int_equal(serial_bench.change_count, 3);
}

static void steps_are_taken_in_order_and_in_time(void **state)
{
    struct modem_sequence sequence;
    struct problem problem;
    (void)state;

    serial_bench.wired = true;
    struct serial *line = serial_bench_open();
    assert_int_equal(
        modem_sequence_parse(&sequence, "dtr=0+rts=1,30ms,dtr=1,20ms,rts=0:dtr=0", &problem), 0);
    assert_int_equal(modem_steps_take(&sequence.enter, line, &problem), 0);
    const struct serial_bench_change *changes = serial_bench.changes;
    assert_int_equal(serial_bench.change_count, 3);
    assert_int_equal(changes[0].lines, TIOCM_RTS);
    assert_int_equal(changes[1].lines, TIOCM_DTR | TIOCM_RTS);
    assert_int_equal(changes[2].lines, TIOCM_DTR);
    assert_in_range(changes[1].ms - changes[0].ms, 29, 2000);
    assert_in_range(changes[2].ms - changes[1].ms, 19, 2000);
    assert_int_equal(modem_steps_take(&sequence.leave, line, &problem), 0);
    assert_int_equal(serial_bench.lines, 0);
    serial_close(line);
}

static void a_port_without_them_is_told(void **state)
{
    struct problem problem;
    (void)state;

    struct serial *line = serial_bench_open();
    assert_int_equal(serial_set_lines(line, SERIAL_DTR, 0, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, ": it has none"));
    serial_close(line);
}

// HUPCL is what has Linux let go of both at the end.
static void they_stay_where_that_is_wanted(void **state)
{
    struct termios found = serial_bench_settings();
    (void)state;

    found.c_cflag |= HUPCL;
    assert_int_equal(tcsetattr(serial_bench.slave, TCSANOW, &found), 0);
    serial_close(serial_bench_open());
    assert_true(serial_bench_settings().c_cflag & HUPCL);

    struct serial *line = serial_bench_open();
    serial_keep_lines(line);
    serial_close(line);
    found.c_cflag &= ~(tcflag_t)HUPCL;
    const struct termios is = serial_bench_settings();
    assert_memory_equal(&is, &found, sizeof is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_changes_them_unasked, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(both_change_at_once, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(steps_are_taken_in_order_and_in_time, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(a_port_without_them_is_told, serial_bench_set_up,
                                        serial_bench_tear_down),
        cmocka_unit_test_setup_teardown(they_stay_where_that_is_wanted, serial_bench_set_up,
                                        serial_bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
