// test_usart.c: a USART that is asked, that interrupts, and that says when its line is idle.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// USART1 of an F405: one data register, line 37.
#define SR    0x40011000u
#define DR    0x40011004u
#define BRR   0x40011008u
#define CR1   0x4001100Cu
#define ISPR1 0xE000E204u
#define ICPR1 0xE000E284u
// USART1 of a G0B1: two of them, line 27.
#define G0_CR1  0x40013800u
#define G0_CR3  0x40013808u
#define G0_RQR  0x40013818u
#define G0_ISR  0x4001381Cu
#define G0_ICR  0x40013820u
#define G0_RDR  0x40013824u
#define G0_TDR  0x40013828u
#define G0_ISPR 0xE000E200u

enum {
    LINE = 37 - 32,
    G0_LINE = 27,
    IDLE = 1 << 4,
    RXNE = 1 << 5,
    TC = 1 << 6,
    TXE = 1 << 7,
    TEACK = 1 << 21,
    REACK = 1 << 22,
    RE = 1 << 2,
    TE = 1 << 3,
    UE = 1 << 13,
    G0_UE = 1 << 0,
    FIFOEN = 1 << 29,
    RXFTIE = 1 << 28,
    BAUD = 50,
    CHARACTER = 10 * BAUD,
};

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static struct block *set_up(struct bench *bench, struct wire *wire, const char *slug)
{
    bench_open(bench, device_find(slug));
    wire_open(wire);
    struct block *usart = block_find(&bench->chip, "USART1");
    assert_non_null(usart);
    block_start_clock(usart);
    usart->type->serial->connect(usart, &wire->port);
    return usart;
}

// The level of its line: what is pending and cannot be cleared.
static bool is_high(struct bench *bench)
{
    put(bench, ICPR1, 1u << LINE);
    return get(bench, ISPR1) >> LINE & 1u;
}

static bool g0_is_high(struct bench *bench)
{
    put(bench, G0_ISPR + 0x80, 1u << G0_LINE);
    return get(bench, G0_ISPR) >> G0_LINE & 1u;
}

static void who_asks_gets_a_byte_at_once(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    set_up(&bench, &wire, "f405");
    put(&bench, CR1, UE | TE | RE);
    assert_int_equal(get(&bench, SR), TC | TXE);
    wire_feed(&wire, "ab", 2);
    assert_int_equal(get(&bench, SR), TC | TXE | RXNE);
    assert_int_equal(get(&bench, DR), 'a');
    assert_int_equal(get(&bench, SR) & RXNE, RXNE);
    assert_int_equal(get(&bench, DR), 'b');
    assert_int_equal(get(&bench, SR) & RXNE, 0);
    assert_false(is_high(&bench));
    bench_close(&bench);
}

static void a_byte_interrupts_and_the_next_takes_its_time(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    struct block *usart = set_up(&bench, &wire, "f405");
    put(&bench, BRR, BAUD);
    put(&bench, CR1, UE | TE | RE);
    assert_false(usart->type->serial->listens(usart));
    put(&bench, CR1, UE | TE | RE | RXNE); // RXNEIE
    assert_true(usart->type->serial->listens(usart));
    wire_feed(&wire, "ab", 2);
    usart->type->serial->look(usart);
    bench_wait(&bench, CHARACTER);
    assert_false(is_high(&bench));
    bench_wait(&bench, 1);
    assert_true(is_high(&bench));
    bench_wait(&bench, 10 * CHARACTER); // nobody reads: nothing is lost
    assert_int_equal(get(&bench, DR), 'a');
    assert_false(is_high(&bench));
    bench_wait(&bench, CHARACTER + 1);
    assert_true(is_high(&bench));
    put(&bench, CR1, UE | TE | RE);
    assert_false(is_high(&bench));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_int_equal(get(&bench, SR) & RXNE, 0);
    bench_close(&bench);
}

static void the_line_is_idle_a_character_after_the_last_byte(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    struct block *usart = set_up(&bench, &wire, "f405");
    put(&bench, BRR, BAUD);
    put(&bench, CR1, UE | RE | RXNE | IDLE); // RXNEIE, IDLEIE
    bench_wait(&bench, 10 * CHARACTER);
    assert_int_equal(get(&bench, SR) & IDLE, 0); // nothing has come yet
    wire_feed(&wire, "a", 1);
    usart->type->serial->look(usart);
    bench_wait(&bench, CHARACTER + 1);
    assert_int_equal(get(&bench, DR), 'a');
    assert_false(is_high(&bench));
    bench_wait(&bench, CHARACTER + 1);
    assert_true(is_high(&bench));
    assert_int_equal(get(&bench, SR) & (IDLE | RXNE), IDLE);
    (void)get(&bench, DR);
    assert_int_equal(get(&bench, SR) & IDLE, 0);
    assert_false(is_high(&bench));
    bench_wait(&bench, 10 * CHARACTER); // it is idle once
    assert_int_equal(get(&bench, SR) & IDLE, 0);
    bench_close(&bench);
}

static void room_and_the_end_of_sending_interrupt(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    set_up(&bench, &wire, "f405");
    put(&bench, CR1, UE | TE);
    assert_false(is_high(&bench));
    put(&bench, CR1, UE | TE | TXE); // TXEIE
    assert_true(is_high(&bench));
    put(&bench, CR1, UE | TE | TC); // TCIE
    assert_true(is_high(&bench));
    put(&bench, SR, ~(uint32_t)TC);
    assert_false(is_high(&bench));
    assert_int_equal(get(&bench, SR) & TC, 0);
    put(&bench, DR, 'x');
    assert_true(is_high(&bench));
    assert_int_equal(wire.output[0], 'x');
    bench_close(&bench);
}

static void acknowledges_follow_and_clear_registers_clear(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    struct block *usart = set_up(&bench, &wire, "g0b1");
    assert_int_equal(get(&bench, G0_ISR) & (TEACK | REACK), 0);
    put(&bench, G0_CR1, G0_UE | TE);
    assert_int_equal(get(&bench, G0_ISR) & (TEACK | REACK), TEACK);
    put(&bench, G0_CR1, G0_UE | TE | RE | IDLE);
    assert_int_equal(get(&bench, G0_ISR) & (TEACK | REACK), TEACK | REACK);
    wire_feed(&wire, "abc", 3);
    assert_int_equal(get(&bench, G0_ISR) & RXNE, RXNE);
    put(&bench, G0_RQR, 1 << 3); // thrown away
    assert_int_equal(get(&bench, G0_RDR), 'b');
    assert_int_equal(get(&bench, G0_RDR), 'c');
    bench_wait(&bench, 1000);
    assert_true(g0_is_high(&bench));
    assert_int_equal(get(&bench, G0_ISR) & IDLE, IDLE);
    put(&bench, G0_ICR, IDLE);
    assert_false(g0_is_high(&bench));
    assert_int_equal(get(&bench, G0_ICR), 0);
    put(&bench, G0_CR1, 0);
    put(&bench, G0_TDR, 'x'); // it is off
    assert_int_equal(wire.sent, 0);
    put(&bench, G0_CR1, 0);
    assert_true(block_is_reset(usart)); // whatever its flags were
    bench_close(&bench);
}

static void thresholds_of_the_fifo_are_a_byte_and_room(void **state)
{
    struct bench bench;
    struct wire wire;
    (void)state;

    struct block *usart = set_up(&bench, &wire, "g0b1");
    put(&bench, G0_CR1, G0_UE | TE | RE | FIFOEN);
    put(&bench, G0_CR3, RXFTIE);
    assert_false(g0_is_high(&bench));
    wire_feed(&wire, "a", 1);
    usart->type->serial->look(usart);
    bench_wait(&bench, 1000);
    assert_true(g0_is_high(&bench));
    assert_int_equal(get(&bench, G0_ISR) >> 26 & 1, 1); // RXFT
    assert_int_equal(get(&bench, G0_RDR), 'a');
    assert_false(g0_is_high(&bench));
    put(&bench, G0_CR3, 1 << 23); // TXFTIE
    assert_true(g0_is_high(&bench));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_gets_a_byte_at_once),
        cmocka_unit_test(a_byte_interrupts_and_the_next_takes_its_time),
        cmocka_unit_test(the_line_is_idle_a_character_after_the_last_byte),
        cmocka_unit_test(room_and_the_end_of_sending_interrupt),
        cmocka_unit_test(acknowledges_follow_and_clear_registers_clear),
        cmocka_unit_test(thresholds_of_the_fifo_are_a_byte_and_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
