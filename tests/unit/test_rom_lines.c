// test_rom_lines.c: the ROM finds its host on any kind of line, by a protocol unknown to it.
// SPDX-License-Identifier: MIT
//
// The invented protocol works on a box of letters, whole words and no bytes: "hello" is a host's
// first sign, "noise" spoils the line, and "go" starts the application.
#include "an3155.h"
#include "behaviour.h"
#include "bench.h"
#include "rom.h"
#include "rom_time.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { BOXES = 2, LETTERS = 4, ACK = 0x79, TABLE = 0x08001000, STACK = 0x20001000 };

struct letterbox {
    const char *letters[LETTERS];
    size_t count, taken;
    unsigned discarded, greeted, lost, served;
};

struct rom_bench {
    struct bench bench;
    struct device device;
    struct letterbox boxes[BOXES];
    struct wire wire;
    struct rom_line lines[BOXES];
    struct rom rom;
    volatile sig_atomic_t stop;
    // What happens while the ROM waits: letters come, the first time or each time, and the run is
    // stopped after so many times.
    const char *come[BOXES][LETTERS];
    const uint8_t *bytes; // to the wire, the first time
    size_t size;
    bool again;
    unsigned waits, stop_after;
};

static const char *take(struct letterbox *box)
{
    return box->taken < box->count ? box->letters[box->taken++] : NULL;
}

static void post(struct letterbox *box, const char *letter)
{
    if (box->taken == box->count) {
        box->taken = box->count = 0;
    }
    assert_true(box->count < LETTERS);
    box->letters[box->count++] = letter;
}

static enum rom_greeting greet(struct rom *rom, struct rom_line *line, bool listens)
{
    struct letterbox *box = line->port;
    unsigned lost = box->lost;
    const char *letter;

    (void)rom;
    box->greeted++;
    while (!listens && take(box)) {
        box->lost++;
    }
    letter = take(box);
    if (!letter) {
        return box->lost > lost ? GREETING_LOST : GREETING_NONE;
    }
    return strcmp(letter, "hello") == 0 ? GREETING_HOST : GREETING_SPOILT;
}

static void discard(struct rom_line *line)
{
    struct letterbox *box = line->port;

    while (take(box)) {
        box->discarded++;
    }
}

static enum rom_end serve(struct rom *rom, struct rom_line *line, uint32_t *table)
{
    struct letterbox *box = line->port;
    const char *letter = take(box);

    box->served++;
    while (!letter && !rom_is_over(rom)) {
        rom->wait(rom->wait_context, 1);
        letter = take(box);
    }
    *table = TABLE;
    return letter && strcmp(letter, "go") == 0 ? ROM_GO : ROM_STOPPED;
}

static const struct rom_protocol letters_protocol = {greet, discard, serve, NULL};

// The ROM waits: a millisecond passes, and what comes, comes.
static void wait_for_letters(void *context, int ms)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    struct rom_bench *rb = context;

    assert_true(ms > 0);
    for (int i = 0; i < BOXES && (rb->again || rb->waits == 0); i++) {
        for (int j = 0; j < LETTERS && rb->come[i][j]; j++) {
            post(&rb->boxes[i], rb->come[i][j]);
        }
    }
    if (rb->waits == 0 && rb->bytes) {
        wire_feed(&rb->wire, rb->bytes, rb->size);
    }
    rb->waits++;
    rb->stop = rb->waits >= rb->stop_after;
    nanosleep(&moment, NULL);
}

static void set_up(struct rom_bench *rb, const char *slug)
{
    memset(rb, 0, sizeof *rb);
    rb->device = bench_device(slug);
    bench_open(&rb->bench, &rb->device);
    wire_open(&rb->wire);
    rb->bench.journal.events = tmpfile();
    assert_non_null(rb->bench.journal.events);
    rb->lines[0] = (struct rom_line){"FIRST", &letters_protocol, &rb->boxes[0]};
    rb->lines[1] = (struct rom_line){"SECOND", &letters_protocol, &rb->boxes[1]};
    rb->rom = (struct rom){.chip = &rb->bench.chip,
                           .lines = rb->lines,
                           .line_count = BOXES,
                           .wait = wait_for_letters,
                           .wait_context = rb,
                           .version = device_newest_rom(&rb->device),
                           .stop = &rb->stop};
    rb->stop_after = 1000;
}

static enum rom_end run(struct rom_bench *rb, uint32_t *table)
{
    return rom_run(&rb->rom, ROM_HOST_REAL, table);
}

// Whether an event names this line as the host's.
static bool names_host(const struct rom_bench *rb, const char *interface)
{
    char line[256];
    bool found = false;

    rewind(rb->bench.journal.events);
    while (fgets(line, sizeof line, rb->bench.journal.events)) {
        found |= strstr(line, "\"host\"") && strstr(line, interface);
    }
    return found;
}

static void a_host_is_found_and_its_go_is_served(void **state)
{
    const uint32_t vectors[2] = {STACK, TABLE + 0x101};
    struct problem problem;
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    memcpy(memory_at(&rb.bench.chip.memory, TABLE, sizeof vectors), vectors, sizeof vectors);
    rb.come[1][0] = "hello";
    rb.come[1][1] = "go";
    assert_int_equal(run(&rb, &table), ROM_GO);
    assert_int_equal(table, TABLE);
    assert_int_equal(rb.boxes[0].served, 0);
    assert_int_equal(rb.boxes[1].served, 1);
    assert_true(names_host(&rb, "SECOND"));
    assert_false(names_host(&rb, "FIRST"));
    assert_int_equal(rom_go(&rb.rom, table, &problem), 0);
    assert_int_equal(cpu_get(rb.bench.chip.core.cpu, CPU_MSP), STACK);
    assert_int_equal(cpu_get(rb.bench.chip.core.cpu, CPU_PC) & ~1u, TABLE + 0x100);
    bench_close(&rb.bench);
}

static void what_came_before_the_rom_ran_is_thrown_away(void **state)
{
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    post(&rb.boxes[0], "hello");
    post(&rb.boxes[1], "hello");
    rb.stop_after = 5;
    assert_int_equal(run(&rb, &table), ROM_STOPPED);
    assert_int_equal(rb.waits, 5);
    for (int i = 0; i < BOXES; i++) {
        assert_int_equal(rb.boxes[i].discarded, 1);
        assert_int_equal(rb.boxes[i].greeted, 5); // looked at after each wait
        assert_int_equal(rb.boxes[i].served, 0);
    }
    bench_close(&rb.bench);
}

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void a_greeting_is_lost_until_the_rom_listens(void **state)
{
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f405");
    rb.come[0][0] = "hello";
    rb.come[0][1] = "go";
    rb.again = true;
    uint64_t started = now_ms(), startup = behaviour_startup(&rb.rom) / 1000;
    assert_true(startup > 50);
    assert_int_equal(run(&rb, &table), ROM_GO);
    assert_true(now_ms() + 1 >= started + startup);
    assert_true(rb.boxes[0].lost > 0);
    assert_int_equal(rb.boxes[0].served, 1);
    bench_close(&rb.bench);
}

static void a_spoilt_line_spoils_all_others(void **state)
{
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    rb.come[0][0] = "noise";
    rb.come[1][0] = "hello";
    rb.again = true;
    rb.stop_after = 5;
    assert_int_equal(run(&rb, &table), ROM_STOPPED);
    assert_int_equal(rb.boxes[0].greeted, 1);
    assert_int_equal(rb.boxes[1].greeted + rb.boxes[1].served, 0);
    assert_int_equal(rb.boxes[0].discarded, 4);
    assert_int_equal(rb.boxes[1].discarded, 5);
    assert_false(rb.bench.chip.reset_wanted);
    bench_close(&rb.bench);
}

// Bytes and AN3155 on one line, letters on the other: the ROM asks each line's own protocol.
static void lines_of_two_kinds_stand_side_by_side(void **state)
{
    static const uint8_t host[] = {0x7F, 0x02, 0xFD, 0x21, 0xDE, 0x08, 0x00, 0x10, 0x00, 0x18};
    static const uint8_t answer[] = {ACK, ACK, 0x01, 0x04, 0x45, ACK, ACK, ACK};
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    rb.lines[0] = (struct rom_line){"USART1", &an3155_protocol, &rb.wire.port};
    rb.come[1][0] = "hello";
    rb.come[1][1] = "go";
    assert_int_equal(run(&rb, &table), ROM_GO);
    assert_int_equal(rb.boxes[1].served, 1);
    assert_int_equal(rb.wire.sent, 0);

    rb.come[1][0] = NULL;
    rb.bytes = host;
    rb.size = sizeof host;
    rb.waits = 0;
    assert_int_equal(run(&rb, &table), ROM_GO);
    assert_int_equal(table, TABLE);
    assert_int_equal(rb.boxes[1].served, 1);
    assert_int_equal(rb.wire.sent, sizeof answer);
    assert_memory_equal(rb.wire.output, answer, sizeof answer);
    bench_close(&rb.bench);
}

static void a_watchdog_ends_whatever_protocol_is_served(void **state)
{
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    rb.device.feeds_iwdg = WHETHER_NO;
    bus_write(&rb.bench.chip, rb.device.iwdg, 4, 0x5555);
    bus_write(&rb.bench.chip, rb.device.iwdg + 8, 4, 79); // RLR: 10 ms of the LSI's 32 kHz by 4
    bus_write(&rb.bench.chip, rb.device.iwdg, 4, 0xCCCC);
    rb.come[0][0] = "hello";
    rb.stop_after = 5000;
    assert_int_equal(run(&rb, &table), ROM_RESET);
    assert_int_equal(rb.boxes[0].served, 1);
    assert_true(rb.bench.chip.reset_wanted);
    assert_int_equal(rb.bench.chip.reset_kind, RESET_WATCHDOG);
    bench_close(&rb.bench);
}

static bool has_seen_enough(void *context)
{
    const struct rom_bench *rb = context;

    return rb->waits == 3;
}

static void whoever_looks_on_may_end_it(void **state)
{
    struct rom_bench rb;
    uint32_t table = 0;
    (void)state;

    set_up(&rb, "f04");
    rb.rom.waiting = has_seen_enough;
    rb.rom.waiting_context = &rb;
    assert_int_equal(run(&rb, &table), ROM_STOPPED);
    assert_int_equal(rb.waits, 3);
    assert_true(rb.rom.ended);
    assert_false(rb.bench.chip.reset_wanted);
    bench_close(&rb.bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_is_found_and_its_go_is_served),
        cmocka_unit_test(what_came_before_the_rom_ran_is_thrown_away),
        cmocka_unit_test(a_greeting_is_lost_until_the_rom_listens),
        cmocka_unit_test(a_spoilt_line_spoils_all_others),
        cmocka_unit_test(lines_of_two_kinds_stand_side_by_side),
        cmocka_unit_test(a_watchdog_ends_whatever_protocol_is_served),
        cmocka_unit_test(whoever_looks_on_may_end_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
