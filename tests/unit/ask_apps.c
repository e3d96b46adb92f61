// ask_apps.c: what each application answers, byte for byte; and the line to it.
// SPDX-License-Identifier: MIT
//
// The sources are those that the files of host/ask/peers name.
#include "ask_apps.h"

#include "monotonic.h"
#include "serial.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { GUARD_MS = 100, CTRL_A = 1, CTRL_B = 2, CTRL_C = 3, CTRL_D = 4, CTRL_P = 16, DELETE = 0x7F };

struct app_state app_state;

static void print(const char *text)
{
    size_t size = strlen(text);

    assert_true(app_state.written + size <= APP_OUT_BYTES);
    memcpy(app_state.out + app_state.written, text, size);
    app_state.written += size;
}

static void echo(unsigned char byte)
{
    const char text[] = {(char)byte, '\0'};

    print(text);
}

static void keep(unsigned char byte)
{
    if (app_state.length + 1 < APP_LINE_BYTES) {
        app_state.line[app_state.length++] = (char)byte;
    }
    app_state.line[app_state.length] = '\0';
}

static void clear_line(void)
{
    app_state.length = 0;
    app_state.line[0] = '\0';
}

static bool line_is(const char *text)
{
    return strcmp(app_state.line, text) == 0;
}

static bool line_begins(const char *text)
{
    return strncmp(app_state.line, text, strlen(text)) == 0;
}

// Betaflight and INAV: a command line behind '#' and 100 ms of silence.

static void leave_command_line(const char *said)
{
    print(said);
    print("\r\nRebooting");
    app_state.command_line = false;
}

static void betaflight_command(void)
{
    if (line_is("bl rom")) {
        leave_command_line("\r\n# restarting in ROM bootloader mode\r\n");
        app_state.in_rom = true;
    } else if (line_is("exit")) {
        leave_command_line("\r\n# leaving CLI mode, unsaved changes lost\r\n");
    } else {
        print("\r\n###ERROR IN input: UNKNOWN COMMAND, TRY 'HELP'###\r\n");
    }
}

static void inav_command(void)
{
    if (line_is("dfu")) {
        leave_command_line("\r\nRestarting in DFU mode");
        app_state.in_rom = true;
    } else if (line_is("exit")) {
        leave_command_line("\r\nLeaving CLI mode, unsaved changes lost.\r\n");
    } else {
        print("### ERROR: Unknown command, try 'help'\r\n");
    }
}

static void type_into_command_line(unsigned char byte, void (*command)(void))
{
    if (app_state.length && (byte == '\n' || byte == '\r')) {
        char *comment = strchr(app_state.line, '#');
        print("\r\n");
        if (comment) {
            *comment = '\0';
        }
        if (app_state.line[0]) {
            command();
        }
        clear_line();
        print(app_state.command_line ? "\r\n# " : "");
    } else if (byte >= ' ' && byte < DELETE) {
        keep(byte);
        echo(byte);
    }
}

static void flight_receive(unsigned char byte, void (*command)(void))
{
    if (app_state.command_line) {
        type_into_command_line(byte, command);
    } else if (byte == '#') {
        app_state.pending = true;
    }
}

static void betaflight_receive(unsigned char byte)
{
    flight_receive(byte, betaflight_command);
}

static void inav_receive(unsigned char byte)
{
    flight_receive(byte, inav_command);
}

static void flight_tick(void)
{
    if (app_state.pending && app_state.now - app_state.last_byte >= GUARD_MS) {
        app_state.pending = false;
        app_state.command_line = true;
        clear_line();
        print("\r\nEntering CLI Mode, type 'exit' to reboot, or 'help'\r\n\r\n# ");
    }
}

static bool flight_is_left(void)
{
    return app_state.command_line && !app_state.command_line_was_open;
}

// MicroPython: a program, the REPL, the raw REPL.

static void micropython_friendly(void)
{
    app_state.raw = false;
    print("\r\nMicroPython v1.27.0 on 2026-08-01; PYBv1.1 with STM32F405RG\r\n"
          "Type \"help()\" for more information.\r\n>>> ");
}

static void micropython_raw(unsigned char byte)
{
    if (byte == CTRL_A) {
        print("raw REPL; CTRL-B to exit\r\n>");
    } else if (byte == CTRL_B) {
        micropython_friendly();
    } else if (byte == CTRL_D) {
        bool boots = strstr(app_state.line, "machine.bootloader()") != NULL;
        print(boots ? "OK" : "OK\x04\x04>");
        app_state.leaves_at = boots ? app_state.now + 100 : 0;
    } else if (byte != CTRL_C) {
        keep(byte);
        return;
    }
    clear_line();
}

static void micropython_receive(unsigned char byte)
{
    if (app_state.running) {
        if (byte == CTRL_C) {
            app_state.running = false;
            print("Traceback (most recent call last):\r\n  File \"main.py\", line 3, in "
                  "<module>\r\nKeyboardInterrupt: ");
            micropython_friendly();
        }
    } else if (app_state.raw) {
        micropython_raw(byte);
    } else if (byte == CTRL_A && app_state.length == 0) {
        app_state.raw = true;
        print("\r\nraw REPL; CTRL-B to exit\r\n>");
    } else if (byte == '\r' || byte == CTRL_C) {
        clear_line();
        print("\r\n>>> ");
    } else if (byte >= ' ' && byte < DELETE) {
        keep(byte);
        echo(byte);
    }
}

static void micropython_tick(void)
{
    if (app_state.running && app_state.now % 50 == 0) {
        print("temperature 21\r\n");
    }
    if (app_state.leaves_at && app_state.now >= app_state.leaves_at) {
        app_state.in_rom = true;
    }
}

static bool micropython_is_left(void)
{
    return app_state.raw;
}

// Espruino: a console that echoes, but for a line that Ctrl-P begins.

static void espruino_receive(unsigned char byte)
{
    if (byte == CTRL_C) {
        clear_line();
    } else if (byte == CTRL_P && app_state.length == 0) {
        app_state.quiet_line = true;
    } else if (byte == '\n' || byte == '\r') {
        if (line_is("print('boot'+'leap', typeof E.rebootToDFU)")) {
            print(app_state.no_function ? "bootleap undefined\r\n" : "bootleap function\r\n");
        } else if (line_is("E.rebootToDFU()")) {
            app_state.in_rom = true;
        } else if (app_state.length) {
            print("\r\nUncaught ReferenceError: \"bl\" is not defined\r\n");
        }
        print(app_state.quiet_line ? "" : "\r\n>");
        app_state.quiet_line = false;
        clear_line();
    } else if (byte >= ' ' && byte < DELETE) {
        keep(byte);
        if (!app_state.quiet_line) {
            echo(byte);
        }
    }
}

// grblHAL: answers lines, echoes nothing.

static void grblhal_receive(unsigned char byte)
{
    if (byte != '\n' && byte != '\r') {
        keep(byte);
        return;
    }
    if (line_is("$DFU")) {
        print("[MSG:Warning: Entering DFU Bootloader]\r\n");
        app_state.in_rom = true;
    } else {
        print(app_state.length == 0 ? "ok\r\n" : line_begins("$") ? "error:3\r\n" : "error:1\r\n");
    }
    clear_line();
}

// NanoVNA: ChibiOS's kind of shell; only a carriage return ends a line.

static void nanovna_receive(unsigned char byte)
{
    if (byte == '\r') {
        print("\r\n");
        if (line_is("reset dfu")) {
            print("Performing reset to DFU mode\r\n");
            app_state.in_rom = true;
        } else if (app_state.length) {
            print(app_state.line);
            print("?\r\n");
        }
        print("ch> ");
        clear_line();
    } else if (byte >= ' ' && byte < DELETE) {
        keep(byte);
        echo(byte);
    }
}

static void ignore(unsigned char byte)
{
    (void)byte;
}

const struct app apps[] = {
    {"betaflight", betaflight_receive, flight_tick, flight_is_left, false},
    {"inav", inav_receive, flight_tick, flight_is_left, false},
    {"micropython", micropython_receive, micropython_tick, micropython_is_left, false},
    {"espruino", espruino_receive, NULL, NULL, false},
    {"grblhal", grblhal_receive, NULL, NULL, false},
    {"nanovna", nanovna_receive, NULL, NULL, false},
    {"klipper", ignore, NULL, NULL, true},
    {"circuitpython", ignore, NULL, NULL, true},
    {"riot", ignore, NULL, NULL, true},
    {"arduino", ignore, NULL, NULL, true},
    {NULL, NULL, NULL, NULL, false},
};

void apps_start(const char *name)
{
    memset(&app_state, 0, sizeof app_state);
    app_state.now = 1000;
    for (const struct app *app = apps; name && app->name; app++) {
        app_state.app = strcmp(app->name, name) == 0 ? app : app_state.app;
    }
    assert_true(name == NULL || app_state.app);
}

void apps_wait(unsigned ms)
{
    for (unsigned i = 0; i < ms; i++) {
        app_state.now++;
        if (app_state.app && app_state.app->tick && !app_state.in_rom) {
            app_state.app->tick();
        }
    }
}

uint64_t monotonic_ms(void)
{
    return app_state.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    apps_wait(ms);
}

static bool is_gone(void)
{
    return (app_state.gone_after && app_state.writes >= app_state.gone_after) ||
           (app_state.goes_with_rom && app_state.in_rom);
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const unsigned char *next = bytes;
    (void)line;

    app_state.writes++;
    for (size_t i = 0; app_state.app && i < size && !is_gone() && !app_state.in_rom; i++) {
        app_state.last_byte = app_state.now;
        app_state.app->receive(next[i]);
    }
    return is_gone() && !app_state.in_rom ? -1 : 0;
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    (void)line;
    assert_int_equal(size, 1);
    for (unsigned waited = 0; app_state.read == app_state.written && waited < silence_ms;
         waited++) {
        if (is_gone()) {
            return -1;
        }
        apps_wait(1);
    }
    if (app_state.read == app_state.written) {
        return 0;
    }
    bytes[0] = (uint8_t)app_state.out[app_state.read++];
    return 1;
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    (void)line;
    (void)problem;
    app_state.in_rom = app_state.app && app_state.app->is_touched && baud == 1200;
    return 0;
}

const char *serial_port(const struct serial *line)
{
    (void)line;
    return "/dev/ttyTEST";
}
