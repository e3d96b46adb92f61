// connection_bench.c: lines, USB devices and a bootloader that are made of nothing.
// SPDX-License-Identifier: MIT
#include "connection_bench.h"

#include "bootloader_open.h"
#include "monotonic.h"
#include "port_list.h"
#include "usb_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct connection_bench bench;

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
    size_t used = strlen(bench.log);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(bench.log + used, BENCH_LOG_BYTES - used, format, arguments);
    va_end(arguments);
}

uint64_t monotonic_ms(void)
{
    return bench.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    bench.now += ms;
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    (void)problem;
    for (size_t i = 0; i < BENCH_LINES; i++) {
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
    bench.asked_at = bench.now + 1;
    return 0;
}

int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem)
{
    if (bench.has_no_lines) {
        return problem_set(problem, EXIT_FAILED, NULL, "no lines");
    }
    say("%s%s%s; ", line->port, lines & SERIAL_DTR ? asserted & SERIAL_DTR ? " +dtr" : " -dtr" : "",
        lines & SERIAL_RTS ? asserted & SERIAL_RTS ? " +rts" : " -rts" : "");
    bench.asked_at = bench.now + 1;
    return 0;
}

void serial_monitor(struct serial *line, const struct monitor *monitor)
{
    assert_true(line->open);
    bench.monitored += monitor != NULL;
}

void usb_monitor(struct usb *usb, const struct monitor *monitor, const char *port)
{
    (void)usb;
    (void)port;
    bench.monitored += monitor != NULL;
}

void serial_keep_lines(struct serial *line)
{
    say("keep %s; ", line->port);
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
    (void)limit_ms;
    bench.now += silence_ms;
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
    bench.monitored += settings->monitor != NULL;
    if (strncmp(port, "usb:", 4) == 0 && bench.gone) {
        bench.gone--;
        return problem_set(problem, EXIT_NO_DEVICE, NULL, "gone");
    }
    if (bench.denied_first) {
        bench.denied_first--;
        return problem_set(problem, EXIT_FAILED, "log in again", "you may not use this port");
    }
    if (bench.absent) {
        bench.absent--;
        return problem_set(problem, EXIT_NO_DEVICE, "list", "no such port");
    }
    if (bench.denied) {
        bench.denied--;
        return problem_set(problem, EXIT_FAILED, "log in again", "you may not use this port");
    }
    *bootloader = &bench.memory.base;
    bench.opened++;
    *line = NULL;
    if (strncmp(port, "usb:", 4) == 0) {
        bench.memory.silent = bench.usb_answers ? 0 : bench.memory.silent;
        return 0;
    }
    int error = serial_open(line, port, problem);
    bench.rom_line = *line;
    return error;
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    (void)problem;
    say("touch %s at %u; ", line->port, baud);
    bench.asked_at = bench.now + 1;
    return 0;
}

bool port_list_usb_address(const char *port, unsigned *bus, unsigned *address)
{
    (void)port;
    *bus = bench.port_bus;
    *address = bench.port_address;
    return bench.port_bus != 0;
}

int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    (void)problem;
    for (size_t i = 0; i < BENCH_DEVICES; i++) {
        const struct bench_device *device = &bench.devices[i];
        uint64_t since = device->after_asking ? bench.asked_at : 0;
        bool asked = !device->after_asking || bench.asked_at;
        bool gone = (device->leaves_when_asked && bench.asked_at) ||
                    (device->stays_ms && bench.now >= device->stays_ms);
        if (device->found.roles && asked && !gone && bench.now >= since + device->comes_ms) {
            visit(&device->found, context);
        }
    }
    return 0;
}

int usb_open(struct usb **usb, const struct usb_found *found, struct problem *problem)
{
    (void)problem;
    say("open usb:%s; ", found->path);
    *usb = &bench.usb;
    return 0;
}

int usb_send(struct usb *usb, uint8_t request, uint16_t value, const uint8_t *bytes, unsigned size,
             unsigned timeout_ms)
{
    (void)usb;
    (void)value;
    (void)bytes;
    (void)timeout_ms;
    assert_int_equal(size, 0);
    say("request %u; ", request);
    bench.asked_at = bench.now + 1;
    return bench.refuses_detach ? USB_STALLED : 0;
}

void usb_reset(struct usb *usb)
{
    (void)usb;
    say("reset; ");
}

void usb_close(struct usb *usb)
{
    (void)usb;
    say("close usb; ");
}

void connection_bench_set_up(void)
{
    memset(&bench, 0, sizeof bench);
    bench.printed = "";
    memory_bootloader_open(&bench.memory, device_find("g0b1"), 256, 100);
}

void connection_bench_assert_closed(struct connection *connection)
{
    connection_close(connection);
    if (bench.rom_line && bench.rom_line->open) {
        serial_close(bench.rom_line); // as the bootloader would: once
    }
    assert_int_equal(bench.memory.calls[CALL_CLOSE], bench.opened);
    assert_false(bench.lines[0].open || bench.lines[1].open);
}
