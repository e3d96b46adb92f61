// wire.c: bytes between the tool and what is at the other end, on a clock of its own.
// SPDX-License-Identifier: MIT
#include "wire.h"

#include "fake_usb.h"
#include "monotonic.h"
#include "serial.h"

#include <string.h>

enum { QUEUE = 4096, LATENCY_US = 300 };
enum { SYNC = 0x7F, ACKED = 0x79, NACKED = 0x1F };

struct byte {
    uint8_t value;
    uint64_t at_us;
};

// The open port.
struct serial {
    uint64_t now_us, next_text_us, next_noise_us;
    unsigned baud;
    enum parity parity;
    struct byte queue[QUEUE];
    size_t first, count;
    unsigned sent, answered;
    uint8_t half; // of a command of Artery's ROM; 0: none
    bool has_half;
};

struct wire wire;
static struct serial opened;

void wire_reset(void)
{
    wire = (struct wire){.end = END_NOBODY};
    opened = (struct serial){.now_us = 1000000};
}

uint64_t monotonic_ms(void)
{
    return opened.now_us / 1000;
}

void monotonic_sleep_ms(unsigned ms)
{
    opened.now_us += (uint64_t)ms * 1000;
    fake.now += ms;
}

static bool is_even(uint8_t byte)
{
    bool even = true;

    for (; byte; byte &= (uint8_t)(byte - 1)) {
        even = !even;
    }
    return even;
}

// What the tool gets of a byte that the other end has sent with its parity.
static void deliver(uint8_t byte, uint64_t at_us)
{
    bool mute = wire.mute_after && opened.answered >= wire.mute_after;

    opened.answered++;
    if (mute || opened.count == QUEUE) {
        return;
    }
    // A parity bit that is 0 stands where a stop bit is awaited: Linux makes a zero of such a byte.
    bool torn = wire.drops_parity && is_even(byte);
    opened.queue[(opened.first + opened.count++) % QUEUE] = (struct byte){torn ? 0 : byte, at_us};
}

static void collect_rom(void)
{
    struct second_rom_answer answer;

    while (second_rom_next(wire.rom, &answer)) {
        second_rom_take(wire.rom);
        deliver(answer.byte, answer.at_us);
    }
}

static void to_rom(uint8_t byte)
{
    bool torn = wire.drops_parity && is_even(byte);

    if (wire.rom_baud == 0 && !torn) {
        wire.rom_baud = opened.baud;
    }
    if (torn && wire.nacks_parity) {
        deliver(NACKED, opened.now_us);
    }
    if (torn || opened.baud > wire.rom_baud) { // too short to be a start bit
        return;
    }
    // A slower byte is low for longer than a whole byte of the ROM's.
    second_rom_byte(wire.rom, opened.baud < wire.rom_baud ? 0 : byte, opened.now_us);
    collect_rom();
}

// AT32 Bootloader UART Protocol V2.0.4: Get, and Get Device ID with 4 bytes and a project id.
static void to_artery(uint8_t byte)
{
    static const uint8_t get[] = {ACKED, 0x03, 0x20, 0x00, 0x01, 0x02, ACKED};
    static const uint8_t id[] = {ACKED, 0x04, 0x02, 0x40, 0x70, 0x05, 0x08, ACKED};
    static const uint8_t ack[] = {ACKED}, nack[] = {NACKED};
    const uint8_t *answer = nack;
    size_t size = 1;

    if (!opened.has_half && byte == SYNC) {
        answer = ack;
    } else if (!opened.has_half) {
        opened.has_half = true;
        opened.half = byte;
        return;
    } else if ((byte ^ opened.half) == 0xFF && opened.half == 0x00) {
        answer = get;
        size = sizeof get;
    } else if ((byte ^ opened.half) == 0xFF && opened.half == 0x02) {
        answer = id;
        size = sizeof id;
    }
    opened.has_half = false;
    for (size_t i = 0; i < size; i++) {
        deliver(answer[i], opened.now_us + LATENCY_US);
    }
}

static void answer_with(const char *text)
{
    for (; *text; text++) {
        deliver((uint8_t)*text, opened.now_us + LATENCY_US);
    }
}

static void to_other_end(uint8_t byte)
{
    switch (wire.end) {
    case END_ROM:
    case END_ROM_READY:
    case END_ROM_PARKED:
        to_rom(byte);
        break;
    case END_STUCK:
        answer_with(byte == SYNC ? "\x1F" : "");
        break;
    case END_ACKS:
        answer_with("y");
        break;
    case END_ANSWERS:
        answer_with(wire.text);
        break;
    case END_GARBAGE:
        answer_with("\xF8\x81");
        break;
    case END_ARTERY:
        to_artery(byte);
        break;
    default:
        break;
    }
}

// What comes unasked, up to now. At another rate, or with another parity, text is no text.
static void make_noise(void)
{
    bool fits = opened.baud == wire.text_baud && opened.parity == PARITY_NONE;

    while (wire.text_ms && opened.next_text_us <= opened.now_us) {
        for (const char *letter = wire.text; *letter; letter++) {
            deliver((uint8_t)(fits ? *letter : (*letter ^ 0x2B) | 0x80), opened.next_text_us);
        }
        opened.next_text_us += wire.text_ms * 1000ull;
    }
    while (wire.noise_ms && opened.next_noise_us <= opened.now_us) {
        deliver((uint8_t)(0x80 | opened.next_noise_us >> 7), opened.next_noise_us);
        opened.next_noise_us += wire.noise_ms * 1000ull;
    }
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    if (wire.not_a_port) {
        return problem_set(problem, EXIT_USAGE, NULL, "open %s: not a serial port", port);
    }
    if (wire.cannot_open) {
        return problem_set(problem, EXIT_FAILED, NULL, "open %s: Input/output error", port);
    }
    opened.next_text_us = opened.next_noise_us = opened.now_us + 20000;
    if (wire.glitch) {
        deliver(0x00, opened.now_us);
    }
    *line = &opened;
    return 0;
}

void serial_close(struct serial *line)
{
    (void)line;
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    if ((wire.only_baud && baud != wire.only_baud) || (wire.no_parity && parity != PARITY_NONE)) {
        return problem_set(problem, EXIT_FAILED, NULL, "set line: %u baud is not taken", baud);
    }
    line->baud = baud;
    line->parity = parity;
    return 0;
}

static bool is_gone(const struct serial *line)
{
    return wire.gone_after && line->sent >= wire.gone_after;
}

// Whether a byte comes within `wait_ms`, to the end of which time goes on else.
static bool await(struct serial *line, unsigned wait_ms)
{
    uint64_t end_us = line->now_us + wait_ms * 1000ull;

    for (;;) {
        make_noise();
        uint64_t comes_us = line->count ? line->queue[line->first].at_us : UINT64_MAX;
        if (comes_us <= line->now_us) {
            return true;
        }
        if (line->now_us >= end_us) {
            return false;
        }
        line->now_us += 100;
        if (wire.rom) {
            second_rom_idle(wire.rom, line->now_us);
            collect_rom();
        }
    }
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    size_t got = 0;

    while (got < size && await(line, silence_ms)) {
        bytes[got++] = line->queue[line->first].value;
        line->first = (line->first + 1) % QUEUE;
        line->count--;
    }
    return got == 0 && is_gone(line) ? -1 : (int)got;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;

    for (size_t i = 0; i < size; i++) {
        if (is_gone(line)) {
            return -1;
        }
        line->now_us += 11 * 1000000 / line->baud;
        line->sent++;
        if (wire.echo) {
            deliver(byte[i], line->now_us);
        }
        to_other_end(byte[i]);
    }
    return 0;
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    return serial_configure(line, baud, PARITY_NONE, problem);
}

void serial_monitor(struct serial *line, const struct monitor *monitor)
{
    (void)line;
    (void)monitor;
}

uint8_t serial_unanswered(const struct serial *line)
{
    (void)line;
    return 0;
}

void serial_discard(struct serial *line)
{
    make_noise();
    line->count = 0;
}

void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms)
{
    uint64_t end_us = line->now_us + limit_ms * 1000ull;
    uint8_t byte;

    while (line->now_us < end_us && serial_read(line, &byte, 1, silence_ms) == 1) {
        ;
    }
}

const char *serial_port(const struct serial *line)
{
    (void)line;
    return "/dev/ttyUSB0";
}
