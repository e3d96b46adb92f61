// test_bus.c: an access goes to whoever registered its address, as whole words with their lanes.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PLACE 0x5F000000u // nobody is there in this row

// A region of a test: four words, and the last access.
struct words {
    uint32_t words[4];
    uint32_t offset, value, lanes;
    unsigned reads, writes;
};

static uint32_t read(void *context, uint32_t offset)
{
    struct words *words = context;

    words->offset = offset;
    words->reads++;
    return words->words[offset / 4];
}

static void write(void *context, uint32_t offset, uint32_t value, uint32_t lanes)
{
    struct words *words = context;

    words->offset = offset;
    words->value = value;
    words->lanes = lanes;
    words->writes++;
}

static uint32_t peek(const void *context, uint32_t offset)
{
    const struct words *words = context;

    return words->words[offset / 4];
}

static bool poke(void *context, uint32_t offset, uint32_t value)
{
    struct words *words = context;

    if (offset == 0) {
        return false; // that cannot be
    }
    words->words[offset / 4] = value;
    return true;
}

static void set_up(struct bench *bench, struct words *words)
{
    *words = (struct words){{0x33221100, 0x77665544, 0, 0}, 0, 0, 0, 0, 0};
    bench_open(bench, device_find("f405"));
    assert_false(bus_has(&bench->chip, PLACE));
    assert_true(bus_add(&bench->chip.bus, &(struct bus_region){PLACE, sizeof words->words, words,
                                                               read, write, peek, poke}));
}

static void a_read_is_of_the_bytes_that_are_asked_for(void **state)
{
    struct words words;
    struct bench bench;
    (void)state;

    set_up(&bench, &words);
    assert_int_equal(bus_read(&bench.chip, PLACE + 4, 4), 0x77665544);
    assert_int_equal(words.offset, 4);
    assert_int_equal(bus_read(&bench.chip, PLACE + 4, 2), 0x5544);
    assert_int_equal(bus_read(&bench.chip, PLACE + 6, 2), 0x7766);
    assert_int_equal(bus_read(&bench.chip, PLACE + 7, 1), 0x77);
    assert_int_equal(words.offset, 4); // of the word
    assert_int_equal(bus_read(&bench.chip, PLACE + 1, 1), 0x11);
    assert_int_equal(words.reads, 5);
    bench_close(&bench);
}

static void assert_written(struct words *words, uint32_t offset, uint32_t value, uint32_t lanes)
{
    assert_int_equal(words->offset, offset);
    assert_int_equal(words->lanes, lanes);
    assert_int_equal(words->value & lanes, value);
    assert_int_equal(words->writes, 1);
    assert_int_equal(words->reads, 0);
    words->writes = 0;
}

static void a_write_drives_its_lanes_and_reads_nothing(void **state)
{
    struct words words;
    struct bench bench;
    (void)state;

    set_up(&bench, &words);
    bus_write(&bench.chip, PLACE + 12, 4, 0x89ABCDEF);
    assert_written(&words, 12, 0x89ABCDEF, 0xFFFFFFFF);
    bus_write(&bench.chip, PLACE + 8, 2, 0xABCD);
    assert_written(&words, 8, 0xABCD, 0xFFFF);
    bus_write(&bench.chip, PLACE + 10, 2, 0xABCD);
    assert_written(&words, 8, 0xABCD0000, 0xFFFF0000);
    for (uint32_t byte = 0; byte < 4; byte++) {
        bus_write(&bench.chip, PLACE + byte, 1, 0xA5);
        assert_written(&words, 0, 0xA5u << 8 * byte, 0xFFu << 8 * byte);
    }
    bench_close(&bench);
}

static void a_region_ends_where_it_ends(void **state)
{
    struct words words;
    struct bench bench;
    (void)state;

    set_up(&bench, &words);
    bus_write(&bench.chip, PLACE + 16, 4, 1);
    bus_write(&bench.chip, PLACE - 4, 4, 1);
    bus_read(&bench.chip, PLACE + 16, 4);
    assert_int_equal(words.writes + words.reads, 0);
    assert_int_equal(bench.chip.unmodelled.count, 2); // nobody models them, so they are noted
    bench_close(&bench);
}

static void who_peeks_and_pokes_is_not_the_core(void **state)
{
    struct words words;
    struct bench bench;
    (void)state;

    set_up(&bench, &words);
    assert_true(bus_has(&bench.chip, PLACE));
    assert_int_equal(bus_peek(&bench.chip, PLACE + 4), 0x77665544);
    assert_true(bus_poke(&bench.chip, PLACE + 4, 5));
    assert_int_equal(bus_peek(&bench.chip, PLACE + 4), 5);
    assert_false(bus_poke(&bench.chip, PLACE, 5));
    assert_false(bus_poke(&bench.chip, PLACE + 16, 5)); // nobody
    assert_int_equal(bus_peek(&bench.chip, PLACE + 16), 0);
    assert_int_equal(words.writes + words.reads, 0);
    assert_int_equal(bench.chip.unmodelled.count, 0);
    assert_false(bus_has(&bench.chip, 0xE000E010)); // the core's own
    assert_false(bus_poke(&bench.chip, 0xE000E010, 5));
    assert_int_equal(bus_read(&bench.chip, 0xE000E010, 4), 0);
    bench_close(&bench);
}

// Every word of every region goes to its own, and the gaps to nobody, in whatever order they came.
static void who_registered_a_word_gets_it(void **state)
{
    enum { REGIONS = 7, STRIDE = 0x20 };
    static const unsigned order[REGIONS] = {3, 6, 0, 1, 5, 2, 4};
    struct words words[REGIONS] = {{{0}, 0, 0, 0, 0, 0}};
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    for (unsigned i = 0; i < REGIONS; i++) {
        struct bus_region region = {
            PLACE + order[i] * STRIDE, 16, &words[order[i]], read, write, peek, poke};
        assert_true(bus_add(&bench.chip.bus, &region));
    }
    for (uint32_t at = 0; at < REGIONS * STRIDE; at += 4) {
        bus_write(&bench.chip, PLACE + at, 4, at + 1);
    }
    for (unsigned i = 0; i < REGIONS; i++) {
        assert_int_equal(words[i].writes, 4);
        assert_int_equal(words[i].value, i * STRIDE + 12 + 1);
    }
    assert_int_equal(bench.chip.unmodelled.count, 4 * REGIONS);
    bench_close(&bench);
}

static void who_looks_at_memory_reads_no_register(void **state)
{
    struct words words;
    struct bench bench;
    uint16_t code = 0x5555;
    (void)state;

    set_up(&bench, &words);
    assert_false(cpu_load(bench.chip.core.cpu, PLACE, &code, sizeof code));
    assert_int_equal(words.reads, 0);
    assert_int_equal(code, 0x5555);
    assert_true(cpu_load(bench.chip.core.cpu, 0x08000000, &code, sizeof code));
    assert_int_equal(code, 0xFFFF); // blank
    bench_close(&bench);
}

static void a_full_bus_takes_no_more(void **state)
{
    static struct words words;
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    for (uint32_t at = PLACE; bench.chip.bus.count < BUS_REGIONS; at += 16) {
        assert_true(bus_add(&bench.chip.bus,
                            &(struct bus_region){at, 16, &words, read, write, NULL, NULL}));
    }
    assert_false(bus_add(&bench.chip.bus, &(struct bus_region){PLACE + 0x10000, 16, &words, read,
                                                               write, NULL, NULL}));
    assert_int_equal(bench.chip.bus.count, BUS_REGIONS);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_is_of_the_bytes_that_are_asked_for),
        cmocka_unit_test(a_write_drives_its_lanes_and_reads_nothing),
        cmocka_unit_test(a_region_ends_where_it_ends),
        cmocka_unit_test(who_peeks_and_pokes_is_not_the_core),
        cmocka_unit_test(who_registered_a_word_gets_it),
        cmocka_unit_test(who_looks_at_memory_reads_no_register),
        cmocka_unit_test(a_full_bus_takes_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
