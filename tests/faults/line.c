// line.c: the line and the clock behind serial.h and monotonic.h.
// SPDX-License-Identifier: MIT
#include "line.h"

#include "monotonic.h"
#include "serial.h"

#include <string.h>
#include <unistd.h>

enum {
    BYTE_US = 11 * 1000000 / 115200,
    QUEUE = 8192,
    EDIT_BYTES = 3,
    APPLICATION_US = 20000, // until it prints
    ENTRY_US = 5000,        // until it is in the ROM
};

struct serial {
    struct second_rom *rom;
    struct line_fault fault;
    struct line_record record;
    uint64_t began_us, now_us;
    uint64_t host_free_us;                 // its transmitter has sent everything
    struct second_rom_answer queue[QUEUE]; // on the way to the host
    size_t first, count;
    uint8_t withheld[QUEUE]; // by a delay
    size_t withheld_count;
    bool withholds;
    enum line_direction withheld_direction;
    bool application;
    const uint8_t *edits;
    size_t edit_count;
    unsigned passed; // answers since the last edit
    bool echo;
    uint8_t unanswered; // XOR of what was written since the last byte was read
    uint64_t event_us;  // of the last byte from the chip, or line on stderr
    off_t stderr_at;
};

// The clock is asked without an argument.
static struct serial world;

void line_connect(struct second_rom *rom, uint64_t now_us, const struct line_fault *fault,
                  bool echo)
{
    world = (struct serial){.rom = rom,
                            .echo = echo,
                            .now_us = now_us,
                            .began_us = now_us,
                            .event_us = now_us,
                            .application = second_rom_runs_application(rom),
                            .stderr_at = lseek(STDERR_FILENO, 0, SEEK_CUR)};
    if (fault) {
        world.fault = *fault;
    }
}

void line_cut_host_after(unsigned bytes)
{
    world.record.cut_at = bytes;
}

const struct line_record *line_record(void)
{
    world.record.us = world.now_us - world.began_us;
    return &world.record;
}

// In the order in which they come: an echo may be put in behind a later answer.
static void to_host(struct serial *line, uint8_t byte, uint64_t at_us)
{
    const struct second_rom_answer one = {.byte = byte, .at_us = at_us};
    size_t at = line->count;

    if (line->count == QUEUE) {
        return;
    }
    for (; line->echo && at > 0; at--) {
        const struct second_rom_answer *before = &line->queue[(line->first + at - 1) % QUEUE];
        if (before->at_us <= at_us) {
            break;
        }
        line->queue[(line->first + at) % QUEUE] = *before;
    }
    line->queue[(line->first + at) % QUEUE] = one;
    line->count++;
}

static void to_rom(struct serial *line, uint8_t byte, uint64_t at_us)
{
    if (line->application && byte == 'b') {
        line->application = false;
        second_rom_power_on(line->rom);
    } else {
        second_rom_byte(line->rom, byte, at_us);
    }
}

static void pass(struct serial *line, enum line_direction direction, uint8_t byte, uint64_t at_us)
{
    if (direction == LINE_TO_ROM) {
        to_rom(line, byte, at_us);
    } else {
        to_host(line, byte, at_us);
    }
}

void line_edit_answers(const uint8_t *edits, size_t size)
{
    world.edits = edits;
    world.edit_count = size / EDIT_BYTES;
}

static uint32_t random_below(struct line_fault *fault, uint32_t limit)
{
    fault->seed = fault->seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(fault->seed >> 8) * limit >> 24);
}

// What is done to this byte.
static enum fault_kind fault_of(struct serial *line, enum line_direction direction, unsigned index)
{
    struct line_fault *fault = &line->fault;

    if (fault->noise) {
        if (random_below(fault, 100000) >= fault->noise) {
            return FAULT_NONE;
        }
        fault->bit = random_below(fault, 8);
        return (enum fault_kind)(FAULT_DROP + random_below(fault, FAULT_KINDS - FAULT_DROP));
    }
    return fault->direction == direction && fault->at == index ? fault->kind : FAULT_NONE;
}

static void withhold(struct serial *line, enum line_direction direction, uint8_t byte,
                     uint64_t at_us)
{
    if (line->withholds) { // one direction at a time
        pass(line, direction, byte, at_us);
        return;
    }
    line->withholds = true;
    line->withheld_direction = direction;
    line->withheld[line->withheld_count++] = byte;
}

// Whether an edit is what becomes of this answer.
static bool edit(struct serial *line, uint8_t byte, uint64_t at_us)
{
    const uint8_t *one = line->edits;

    if (line->edit_count == 0 || line->passed++ < one[0]) {
        return false;
    }
    line->passed = 0;
    line->edits += EDIT_BYTES;
    line->edit_count--;
    switch (one[1] % 5) {
    case 0:
        break;
    case 1:
        to_host(line, one[2], at_us);
        break;
    case 2:
        to_host(line, one[2], at_us);
        to_host(line, byte, at_us);
        break;
    case 3:
        to_host(line, byte, at_us);
        to_host(line, byte, at_us);
        break;
    default:
        withhold(line, LINE_TO_HOST, byte, at_us);
    }
    return true;
}

// Bytes of one direction keep their order: what comes behind a delayed one is late, too.
static void put(struct serial *line, enum line_direction direction, uint8_t byte, uint64_t at_us)
{
    if (line->withholds && line->withheld_direction == direction) {
        line->record.bytes[direction]++;
        line->withheld[line->withheld_count++ % QUEUE] = byte;
        return;
    }
    if (direction == LINE_TO_HOST && edit(line, byte, at_us)) {
        line->record.bytes[direction]++;
        return;
    }
    switch (fault_of(line, direction, line->record.bytes[direction]++)) {
    case FAULT_DROP:
        break;
    case FAULT_CORRUPT:
        pass(line, direction, byte ^ (uint8_t)(1u << line->fault.bit % 8), at_us);
        break;
    case FAULT_DUPLICATE:
        pass(line, direction, byte, at_us);
        pass(line, direction, byte, at_us + BYTE_US);
        break;
    case FAULT_DELAY:
        withhold(line, direction, byte, at_us);
        break;
    default:
        pass(line, direction, byte, at_us);
    }
}

// The host has waited in vain: now what was delayed comes.
static void let_go(struct serial *line)
{
    size_t count = line->withheld_count;

    line->withholds = false;
    line->withheld_count = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t at_us = line->now_us + line->fault.late_us + i * BYTE_US;
        pass(line, line->withheld_direction, line->withheld[i], at_us);
        line->host_free_us = line->withheld_direction == LINE_TO_ROM ? at_us : line->host_free_us;
    }
}

static void collect(struct serial *line)
{
    struct second_rom_answer answer;

    while (second_rom_next(line->rom, &answer)) {
        second_rom_take(line->rom);
        put(line, LINE_TO_HOST, answer.byte, answer.at_us);
    }
    if (!line->application && second_rom_runs_application(line->rom)) {
        static const char text[] = "ready\r\n";
        line->application = true;
        for (size_t i = 0; i + 1 < sizeof text; i++) {
            to_host(line, (uint8_t)text[i], line->now_us + APPLICATION_US + i * BYTE_US);
        }
    }
}

static void advance(struct serial *line, uint64_t to_us)
{
    line->now_us = to_us > line->now_us ? to_us : line->now_us;
    second_rom_idle(line->rom, line->now_us);
    collect(line);
}

// Whether a byte has come by `until_us`, to which time goes on if none does.
static bool await_byte(struct serial *line, uint64_t until_us)
{
    for (;;) {
        collect(line);
        uint64_t wakes_us = second_rom_wakes_at(line->rom);
        uint64_t comes_us = line->count ? line->queue[line->first].at_us : UINT64_MAX;
        if (comes_us <= line->now_us) {
            return true;
        }
        uint64_t next_us = wakes_us < comes_us ? wakes_us : comes_us;
        if (next_us > until_us) {
            advance(line, until_us);
            return line->count && line->queue[line->first].at_us <= until_us;
        }
        advance(line, next_us);
    }
}

static void note_event(struct serial *line, uint64_t at_us)
{
    if (at_us - line->event_us > line->record.longest_us) {
        line->record.longest_us = at_us - line->event_us;
    }
    line->event_us = at_us;
}

// Lines on stderr are seen by its growth. They were written before this wait began.
static void note_wait(struct serial *line, uint64_t began_us)
{
    off_t at = lseek(STDERR_FILENO, 0, SEEK_CUR);

    if (at != line->stderr_at) {
        line->stderr_at = at;
        note_event(line, began_us);
    }
    if (line->now_us - line->event_us > line->record.longest_us) {
        line->record.longest_us = line->now_us - line->event_us;
    }
}

uint64_t monotonic_ms(void)
{
    return world.now_us / 1000;
}

void monotonic_sleep_ms(unsigned ms)
{
    advance(&world, world.now_us + (uint64_t)ms * 1000);
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    (void)port;
    (void)problem;
    *line = &world;
    return 0;
}

void serial_close(struct serial *line)
{
    (void)line;
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    (void)baud;
    (void)parity;
    (void)problem;
    advance(line, line->host_free_us);
    return 0;
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    size_t got = 0;

    while (got < size) {
        uint64_t began_us = line->now_us;
        if (!await_byte(line, began_us + (uint64_t)silence_ms * 1000)) {
            note_wait(line, began_us);
            let_go(line);
            break;
        }
        line->unanswered = 0;
        bytes[got++] = line->queue[line->first].byte;
        line->first = (line->first + 1) % QUEUE;
        line->count--;
        note_event(line, line->now_us);
    }
    return (int)got;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;

    for (size_t i = 0; i < size; i++) {
        if (line->record.cut_at && line->record.bytes[LINE_TO_ROM] >= line->record.cut_at) {
            return -1;
        }
        if (line->host_free_us < line->now_us) {
            line->host_free_us = line->now_us;
        }
        line->host_free_us += BYTE_US;
        line->unanswered ^= byte[i];
        if (line->echo) {
            to_host(line, byte[i], line->host_free_us);
        }
        put(line, LINE_TO_ROM, byte[i], line->host_free_us);
    }
    return 0;
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    return serial_configure(line, baud, PARITY_NONE, problem);
}

uint8_t serial_unanswered(const struct serial *line)
{
    return line->unanswered;
}

void serial_discard(struct serial *line)
{
    collect(line);
    while (line->count && line->queue[line->first].at_us <= line->now_us) {
        line->first = (line->first + 1) % QUEUE;
        line->count--;
    }
}

void serial_await_silence(struct serial *line, unsigned silence_ms, unsigned limit_ms)
{
    uint64_t end_us = line->now_us + (uint64_t)limit_ms * 1000;
    uint8_t byte;

    while (line->now_us < end_us && serial_read(line, &byte, 1, silence_ms) == 1) {
        ;
    }
}

const char *serial_port(const struct serial *line)
{
    (void)line;
    return "line";
}
