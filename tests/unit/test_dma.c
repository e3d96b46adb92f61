// test_dma.c: enabled DMA channels of each layout write over RAM, and others do not.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define DMA   0x40020000u
#define CLOCK 0x40023830u // AHB1ENR of this row

enum { BUFFER = 0x20001000, MARKED = 0x5A5A5A5A };

static struct peripheral peripherals[2];

static void set_up(struct bench *bench, struct device *device, enum block_kind kind,
                   const char *slug)
{
    *device = bench_device(slug);
    peripherals[0] = (struct peripheral){.name = "DMA1",
                                         .block = kind,
                                         .start = DMA,
                                         .size = 0x1000,
                                         .clock_register = CLOCK,
                                         .clock_mask = 1 << 21};
    device->peripherals = peripherals;
    bench_open(bench, device);
    for (uint32_t at = 0; at < 64; at += 4) {
        uint32_t word = MARKED;
        bench_store(bench, BUFFER + at, &word, 4);
    }
}

static bool is_marked(const struct bench *bench, uint32_t offset)
{
    return memory_word(&bench->chip.memory, BUFFER + offset) == MARKED;
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, DMA + offset, 4, value);
}

static bool is_running(struct bench *bench)
{
    const struct block *block = block_with_role(&bench->chip, ROLE_DMA, NULL);

    assert_ptr_equal(block, &bench->chip.blocks[0]);
    return block->type->dma->is_running(block);
}

static void start(struct bench *bench, uint32_t address, uint32_t bytes)
{
    struct block *block = block_with_role(&bench->chip, ROLE_DMA, NULL);

    assert_non_null(block);
    block->type->dma->start(block, address, bytes);
}

// When the block is called next.
static uint64_t next_transfer(const struct bench *bench)
{
    const struct event_queue *queue = &bench->chip.core.events;
    const struct event *found = NULL;

    for (size_t i = 0; i < queue->count; i++) {
        if (queue->events[i]->context == &bench->chip.blocks[0]) {
            assert_null(found);
            found = queue->events[i];
        }
    }
    assert_non_null(found);
    return found->at;
}

static void a_started_channel_goes_round_its_buffer_and_no_further(void **state)
{
    static const enum block_kind kinds[] = {BLOCK_DMA_CHANNELS, BLOCK_DMA_STREAMS, BLOCK_GPDMA,
                                            BLOCK_MDMA};
    struct device device;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        set_up(&bench, &device, kinds[i], "f405");
        assert_false(is_running(&bench));
        start(&bench, BUFFER + 8, 16);
        assert_true(is_running(&bench));
        assert_int_equal(next_transfer(&bench), bench.chip.core.instructions + 1);
        bench_wait(&bench, 7 * 4 + 8);
        for (uint32_t at = 0; at < 32; at += 4) {
            assert_int_equal(is_marked(&bench, at), at < 8 || at >= 24);
        }
        uint32_t first = memory_word(&bench.chip.memory, BUFFER + 8);
        bench_wait(&bench, 7 * 4);
        assert_int_not_equal(memory_word(&bench.chip.memory, BUFFER + 8), first);
        bench_close(&bench);
    }
}

static void without_its_clock_or_after_a_reset_it_stands_still(void **state)
{
    struct device device;
    struct bench bench;
    uint32_t word = MARKED;
    (void)state;

    set_up(&bench, &device, BLOCK_DMA_STREAMS, "f405");
    start(&bench, BUFFER, 4);
    bench_wait(&bench, 9);
    assert_false(is_marked(&bench, 0));
    bus_write(&bench.chip, CLOCK, 4, 0);
    bench_store(&bench, BUFFER, &word, 4);
    bench_wait(&bench, 100);
    assert_true(is_marked(&bench, 0));
    bus_write(&bench.chip, CLOCK, 4, 1 << 21);
    bench_wait(&bench, 20);
    assert_false(is_marked(&bench, 0));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(next_transfer(&bench) == EVENT_NEVER);
    bench_store(&bench, BUFFER, &word, 4);
    bench_wait(&bench, 100);
    assert_true(is_marked(&bench, 0));
    bench_close(&bench);
}

static void a_channel_without_circle_ends(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, BLOCK_DMA_STREAMS, "f405");
    bus_write(&bench.chip, CLOCK, 4, 1 << 21);
    put(&bench, 0x10 + 24 + 12, BUFFER); // stream 1
    put(&bench, 0x10 + 24 + 4, 6);       // half-words
    put(&bench, 0x10 + 24, 1 | 1 << 10 | 1 << 11);
    bench_wait(&bench, 100);
    assert_false(is_marked(&bench, 8));
    assert_true(is_marked(&bench, 12));
    assert_int_equal(bus_read(&bench.chip, DMA + 0x10 + 24, 4) & 1, 0);
    assert_true(next_transfer(&bench) == EVENT_NEVER);
    bench_close(&bench);
}

static void a_channel_that_reads_memory_writes_none(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device, BLOCK_DMA_CHANNELS, "f405");
    bus_write(&bench.chip, CLOCK, 4, 1 << 21);
    put(&bench, 0x08 + 20 * 2 + 12, BUFFER); // channel 3
    put(&bench, 0x08 + 20 * 2 + 4, 16);
    put(&bench, 0x08 + 20 * 2, 1 | 1 << 4 | 1 << 5 | 1 << 7);
    bench_wait(&bench, 100);
    assert_true(is_marked(&bench, 0));
    assert_true(is_running(&bench));
    bench_close(&bench);
}

static void h12_names_it(void **state)
{
    struct device device;
    struct bench bench;
    struct contract contract;
    (void)state;

    set_up(&bench, &device, BLOCK_DMA_STREAMS, "f405");
    contract_check(&bench.judge, &contract);
    assert_true(contract.points[11].ok);
    start(&bench, BUFFER, 4);
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[11].ok);
    assert_string_equal(
        contract.points[11].observed,
        "DMA1 has a channel that is enabled: DMA1 + 0x10 0x00005501, after a reset it "
        "is 0x00000000; different: bits 0x00005501");
    bench_close(&bench);
}

// A dirty line hides what DMA wrote, and overwrites it when it is cleaned.
static void the_data_cache_does_not_see_it(void **state)
{
    struct device device;
    struct bench bench;
    uint32_t word = MARKED, axi = 0x24000000;
    (void)state;

    set_up(&bench, &device, BLOCK_MDMA, "h723");
    bus_write(&bench.chip, 0xE000ED14, 4, 1 << 16);
    bench_store(&bench, axi, &word, 4);
    start(&bench, axi, 4);
    assert_true(is_running(&bench));
    bench_wait(&bench, 30);
    assert_int_equal(memory_word(&bench.chip.memory, axi), MARKED);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_not_equal(memory_word(&bench.chip.memory, axi), MARKED);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_started_channel_goes_round_its_buffer_and_no_further),
        cmocka_unit_test(without_its_clock_or_after_a_reset_it_stands_still),
        cmocka_unit_test(a_channel_without_circle_ends),
        cmocka_unit_test(a_channel_that_reads_memory_writes_none),
        cmocka_unit_test(h12_names_it),
        cmocka_unit_test(the_data_cache_does_not_see_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
