// test_connection.c: who is asked what on the way to a bootloader and back, without a port.
// SPDX-License-Identifier: MIT
//
// The lines and the bootloader are this file's: none of cli/links/ or cli/protocols/ is linked.
#include "connection.h"

#include "bootloader_open.h"
#include "memory_bootloader.h"
#include "monotonic.h"
#include "serial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LOG_BYTES = 512, LINES = 2 };

struct serial {
    char port[32];
    bool open;
};

// What happened, in words; the stubs have no other way to tell it.
static struct {
    char log[LOG_BYTES];
    struct serial lines[LINES];
    struct memory_bootloader memory;
    struct serial *rom_line;
    const char *printed; // by the application
    uint64_t now;
} bench;

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
    size_t used = strlen(bench.log);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(bench.log + used, LOG_BYTES - used, format, arguments);
    va_end(arguments);
}

uint64_t monotonic_ms(void)
{
    return bench.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    (void)ms;
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    (void)problem;
    for (size_t i = 0; i < LINES; i++) {
        if (!bench.lines[i].open) {
            bench.lines[i].open = true;
            snprintf(bench.lines[i].port, sizeof bench.lines[i].port, "%s", port);
            *line = &bench.lines[i];
            say("open %s; ", port);
            return 0;
        }
    }
    fail_msg("too many lines");
    return EXIT_FAILED;
}

void serial_close(struct serial *line)
{
    if (line) {
        assert_true(line->open);
        line->open = false;
        say("close %s; ", line->port);
    }
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    (void)problem;
    say("%s at %u%s; ", line->port, baud, parity == PARITY_EVEN ? " even" : "");
    return 0;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    say("%s gets %.*s; ", line->port, (int)size, (const char *)bytes);
    return 0;
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    assert_true(line->open && size == 1);
    if (*bench.printed == '\0') {
        bench.now += silence_ms;
        return 0;
    }
    bytes[0] = (uint8_t)*bench.printed++;
    return 1;
}

void serial_discard(struct serial *line)
{
    (void)line;
}

void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms)
{
    (void)line;
    (void)silence_ms;
    (void)limit_ms;
}

const char *serial_port(const struct serial *line)
{
    return line->port;
}

// A port whose name begins with "usb:" is no serial one.
int bootloader_open(struct bootloader **bootloader, const char *port,
                    const struct bootloader_settings *settings, struct serial **line,
                    struct problem *problem)
{
    say("ROM on %s at %u; ", port, settings->baud);
    *bootloader = &bench.memory.base;
    *line = NULL;
    if (strncmp(port, "usb:", 4) == 0) {
        return 0;
    }
    bench.rom_line = &bench.lines[0];
    return serial_open(line, port, problem);
}

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
    memset(&bench, 0, sizeof bench);
    bench.printed = "";
    memory_bootloader_open(&bench.memory, device_find("g0b1"), 256, 100);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_bootloader_free(&bench.memory);
    return 0;
}

static void assert_closed(struct connection *connection)
{
    connection_close(connection);
    if (bench.rom_line) {
        serial_close(bench.rom_line); // as the bootloader would: once
    }
    assert_int_equal(bench.memory.calls[CALL_CLOSE], 1);
    assert_false(bench.lines[0].open || bench.lines[1].open);
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
    assert_closed(&connection);
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
    assert_closed(&connection);
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
        assert_closed(&connection);
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
    assert_closed(&connection);
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
    assert_closed(&connection);
}

static void over_another_wire_there_is_an_application_only_where_one_is_named(void **state)
{
    struct connection_settings usb = settings;
    char line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;

    usb.port = "usb:";
    bench.memory.silent = 1;
    assert_int_equal(connection_enter(&connection, &usb, &problem), EXIT_NO_DEVICE);
    assert_string_equal(problem.try_this, "look");
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    assert_string_equal(line, "");
    assert_string_equal(bench.log, "ROM on usb: at 57600; ");
    assert_closed(&connection);

    tear_down(state);
    set_up(state);
    usb.port = "app";
    usb.rom_port = "usb:";
    bench.memory.silent = 1;
    bench.printed = "hello\n";
    assert_int_equal(connection_enter(&connection, &usb, &problem), 0);
    assert_int_equal(connection_start(&connection, 0x08000000, line, &problem), 0);
    assert_string_equal(line, "hello");
    assert_string_equal(bench.log, "ROM on usb: at 57600; open app; app at 9600; app gets go!; "
                                   "close app; open app; app at 9600; ");
    assert_closed(&connection);
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
    assert_closed(&connection);
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
        cmocka_unit_test_setup_teardown(an_application_on_another_port_is_left_alone_afterwards,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            over_another_wire_there_is_an_application_only_where_one_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_line_of_a_started_application_is_told, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
