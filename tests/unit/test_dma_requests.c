// test_dma_requests.c: DMA moves what a USART has received or is to send, for each way of requests.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    BUFFER = 0x20001000,
    SIZE = 8,
    REGISTERS = 12,
    BETWEEN = 200, // instructions: a character takes less
    LINK = 0x20002000,
    ENABLE = 1,
    G0_HALF = 1 << 2,
    G0_DONE = 1 << 1,
};

struct setting {
    uint32_t address, value;
};

// A line and its DMA on one row: what software writes, in order; the enable bit comes last.
struct way {
    const char *name, *slug, *usart, *dma;
    struct setting receive[REGISTERS];
    uint32_t control, enabled; // of the channel; with half and full transfer interrupts
    uint32_t count;            // register
    uint32_t flags, half, done;
    uint32_t clear;
    unsigned line;
    uint32_t stop; // a register, and what keeps it from asking
    uint32_t stopped;
};

static const struct way ways[] = {
    {"a channel has its requests",
     "f10medium",
     "USART1",
     "DMA1",
     {{0x4001380C, 0x2004}, // CR1: UE, RE
      {0x40013814, 0x40},   // CR3: DMAR
      {0x40020060, 0x40013804},
      {0x40020064, BUFFER},
      {0x4002005C, SIZE}},
     0x40020058,
     0xA7, // MINC, CIRC, HTIE, TCIE
     0x4002005C,
     0x40020000,
     1 << 18,
     1 << 17,
     0x40020004,
     15,
     0x40013814,
     0},
    {"CSELR",
     "l47",
     "USART1",
     "DMA1",
     {{0x40013800, 0x5},
      {0x40013808, 0x40},
      {0x40020060, 0x40013824},
      {0x40020064, BUFFER},
      {0x4002005C, SIZE},
      {0x400200A8, 0x00020000}}, // channel 5: request 2
     0x40020058,
     0xA7,
     0x4002005C,
     0x40020000,
     1 << 18,
     1 << 17,
     0x40020004,
     15,
     0x400200A8,
     0x00010000},
    {"CHSEL",
     "f405",
     "USART2",
     "DMA1",
     {{0x4000440C, 0x2004},
      {0x40004414, 0x40},
      {0x40026090, 0x40004404}, // stream 5
      {0x40026094, BUFFER},
      {0x4002608C, SIZE}},
     0x40026088,
     4u << 25 | 1 << 10 | 1 << 8 | 1 << 4 | 1 << 3 | 1, // channel 4
     0x4002608C,
     0x40026004,
     1 << 10,
     1 << 11,
     0x4002600C,
     16,
     0x40004414,
     0},
    {"DMAMUX before channels",
     "g0b1",
     "USART1",
     "DMA1",
     {{0x40013800, 0x5},
      {0x40013808, 0x40},
      {0x40020010, 0x40013824}, // channel 1
      {0x40020014, BUFFER},
      {0x4002000C, SIZE},
      {0x40020800, 50}},
     0x40020008,
     0xA7,
     0x4002000C,
     0x40020000,
     1 << 2,
     1 << 1,
     0x40020004,
     9,
     0x40020800,
     51},
    {"DMAMUX before streams",
     "h723",
     "USART3",
     "DMA2",
     {{0x40004800, 0x5},
      {0x40004808, 0x40},
      {0x40020430, 0x40004824}, // stream 1
      {0x40020434, BUFFER},
      {0x4002042C, SIZE},
      {0x40020824, 45}}, // DMAMUX1 channel 9
     0x40020428,
     1 << 10 | 1 << 8 | 1 << 4 | 1 << 3 | 1,
     0x4002042C,
     0x40020400,
     1 << 10,
     1 << 11,
     0x40020408,
     57,
     0x40020824,
     0},
};

static struct bench bench;
static struct wire wire;

static uint32_t get(uint32_t address)
{
    return bus_read(&bench.chip, address, 4);
}

static void put(uint32_t address, uint32_t value)
{
    bus_write(&bench.chip, address, 4, value);
}

static struct block *clocked(const char *name)
{
    struct block *block = block_find(&bench.chip, name);

    assert_non_null(block);
    block_start_clock(block);
    return block;
}

static struct block *start(const struct way *way)
{
    bench_open(&bench, device_find(way->slug));
    wire_open(&wire);
    struct block *usart = clocked(way->usart);
    clocked(way->dma);
    if (block_find(&bench.chip, "DMAMUX1")) {
        clocked("DMAMUX1");
    }
    usart->type->serial->connect(usart, &wire.port);
    for (size_t i = 0; i < REGISTERS && way->receive[i].address; i++) {
        put(way->receive[i].address, way->receive[i].value);
    }
    memset(memory_at(&bench.chip.memory, BUFFER, SIZE + 1), '.', SIZE + 1);
    put(way->control, way->enabled);
    return usart;
}

static bool is_high(const struct way *way)
{
    uint32_t pending = 0xE000E200u + way->line / 32 * 4;

    put(pending + 0x80, 1u << way->line % 32);
    return get(pending) >> way->line % 32 & 1u;
}

static void receive(struct block *usart, const char *text)
{
    wire_feed(&wire, text, strlen(text));
    usart->type->serial->look(usart);
    bench_wait(&bench, strlen(text) * BETWEEN);
}

static void holds(const char *bytes)
{
    assert_memory_equal(memory_at(&bench.chip.memory, BUFFER, SIZE + 1), bytes, SIZE + 1);
}

static void what_comes_goes_round_the_buffer(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const struct way *way = &ways[i];
        print_message("%s\n", way->name);
        struct block *usart = start(way);
        bench_wait(&bench, 1000);
        holds("........."); // nobody asks
        receive(usart, "abc");
        holds("abc......");
        assert_int_equal(get(way->count), SIZE - 3);
        assert_int_equal(get(way->flags), 0);
        assert_false(is_high(way));
        receive(usart, "d");
        assert_int_equal(get(way->flags) & (way->half | way->done), way->half);
        assert_true(is_high(way));
        put(way->clear, way->half);
        assert_false(is_high(way));
        receive(usart, "efgh");
        assert_int_equal(get(way->flags) & (way->half | way->done), way->done);
        assert_true(is_high(way));
        put(way->clear, way->done);
        assert_int_equal(get(way->flags), 0);
        receive(usart, "ij");
        holds("ijcdefgh.");
        assert_int_equal(get(way->count), SIZE - 2);
        put(way->stop, way->stopped);
        if (way->stop != way->receive[1].address) {
            put(way->control, 0);
            put(way->count, 0);
            put(way->control, way->enabled); // as nobody's: what it does now is not looked at
        }
        receive(usart, "k");
        assert_int_equal(memory_at(&bench.chip.memory, BUFFER + 2, 1)[0], 'c');
        bench_close(&bench);
    }
}

static void without_circle_it_ends(void **state)
{
    const struct way *stream = &ways[2], *channel = &ways[3];
    (void)state;

    struct block *usart = start(stream);
    put(stream->control, 0);
    put(stream->clear, stream->done); // software has ended it
    put(stream->control, stream->enabled & ~(1u << 8));
    receive(usart, "abcdefghij");
    holds("abcdefgh.");
    assert_int_equal(get(stream->control) & ENABLE, 0);
    assert_int_equal(get(stream->flags) & stream->done, stream->done);
    assert_int_equal(get(0x40004400) >> 5 & 1, 1); // the next byte waits: RXNE
    bench_close(&bench);

    usart = start(channel);
    put(channel->control, channel->enabled & ~(1u << 5));
    receive(usart, "abcdefghij");
    holds("abcdefgh.");
    assert_int_equal(get(channel->control) & ENABLE, ENABLE);
    assert_int_equal(get(channel->count), 0);
    bench_close(&bench);
}

static void a_stream_that_software_ends_says_so(void **state)
{
    const struct way *way = &ways[2];
    (void)state;

    start(way);
    put(way->control, way->enabled & ~(uint32_t)ENABLE);
    assert_int_equal(get(way->flags), way->done);
    assert_true(is_high(way));
    bench_close(&bench);
}

static void what_is_to_be_sent_is_read(void **state)
{
    (void)state;

    bench_open(&bench, device_find("f10medium"));
    wire_open(&wire);
    struct block *usart = clocked("USART1");
    clocked("DMA1");
    usart->type->serial->connect(usart, &wire.port);
    put(0x4001380C, 0x2008); // UE, TE
    memcpy(memory_at(&bench.chip.memory, BUFFER, 5), "hello", 5);
    put(0x4002004C, 0x40013804); // channel 4: to DR
    put(0x40020050, BUFFER);
    put(0x40020048, 5);
    put(0x40020044, 1 << 7 | 1 << 4 | 1 << 1 | 1); // MINC, from memory, TCIE
    bench_wait(&bench, 100);
    assert_int_equal(wire.sent, 0);
    put(0x40013814, 0x80); // DMAT
    bench_wait(&bench, 100);
    assert_int_equal(wire.sent, 5);
    assert_memory_equal(wire.output, "hello", 5);
    assert_int_equal(get(0x40020000), 7u << 12); // GIF, TCIF and HTIF of channel 4
    put(0x40020004, 1u << 12);                   // CGIF clears them all
    assert_int_equal(get(0x40020000), 0);
    bench_close(&bench);
}

static void software_has_memory_copied(void **state)
{
    (void)state;

    bench_open(&bench, device_find("f10medium"));
    clocked("DMA1");
    memcpy(memory_at(&bench.chip.memory, LINK, 8), "12345678", 8);
    put(0x40020010, LINK);
    put(0x40020014, BUFFER);
    put(0x4002000C, 2);
    put(0x40020008, 1 << 14 | 2 << 10 | 2 << 8 | 1 << 7 | 1 << 6 | 1); // MEM2MEM, words
    bench_wait(&bench, 10);
    assert_memory_equal(memory_at(&bench.chip.memory, BUFFER, 8), "12345678", 8);
    bench_close(&bench);
}

// GPDMA1 of a U575, channel 0: a list of one block that names itself is a circle.
static void a_linked_list_goes_on(void **state)
{
    enum { CH0 = 0x40020050 };
    (void)state;

    bench_open(&bench, device_find("u575"));
    wire_open(&wire);
    struct block *usart = clocked("USART1");
    clocked("GPDMA1");
    usart->type->serial->connect(usart, &wire.port);
    memset(memory_at(&bench.chip.memory, BUFFER, SIZE + 1), '.', SIZE + 1);
    const uint32_t list[] = {SIZE, BUFFER, 1u << 29 | 1 << 27 | 1 << 16 | (LINK & 0xFFFF)};
    memcpy(memory_at(&bench.chip.memory, LINK, sizeof list), list, sizeof list);
    put(0x40013808, 0x40);
    put(0x40013800, 0x5);
    put(CH0 + 0x00, LINK & 0xFFFF0000); // CLBAR
    put(CH0 + 0x40, 1 << 19);           // CTR1: DINC
    put(CH0 + 0x44, 24);                // CTR2: USART1_RX
    put(CH0 + 0x48, SIZE);
    put(CH0 + 0x4C, 0x40013824);
    put(CH0 + 0x50, BUFFER);
    put(CH0 + 0x7C, list[2]);
    assert_int_equal(get(CH0 + 0x10), 1); // CSR: IDLEF
    put(CH0 + 0x14, 1 << 8 | ENABLE);     // TCIE
    receive(usart, "abcdefgh");
    assert_int_equal(get(CH0 + 0x10), 1 << 8 | 1 << 9); // TCF, HTF
    assert_int_equal(get(CH0 + 0x48), SIZE);
    assert_true(is_high(&(struct way){.line = 29}));
    assert_int_equal(get(0x4002000C), 1 << 0); // MISR
    put(CH0 + 0x0C, 1 << 8 | 1 << 9);
    assert_false(is_high(&(struct way){.line = 29}));
    assert_int_equal(get(0x4002000C), 0);
    receive(usart, "ij");
    holds("ijcdefgh.");
    put(CH0 + 0x14, 1 << 1); // RESET
    assert_int_equal(get(CH0 + 0x14), 0);
    assert_int_equal(get(CH0 + 0x10), 1);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_goes_round_the_buffer),
        cmocka_unit_test(without_circle_it_ends),
        cmocka_unit_test(a_stream_that_software_ends_says_so),
        cmocka_unit_test(what_is_to_be_sent_is_read),
        cmocka_unit_test(software_has_memory_copied),
        cmocka_unit_test(a_linked_list_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
