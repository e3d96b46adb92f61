// test_partial_writes.c: a write of 1 or 2 bytes changes its own bits, and nothing is read for it.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u
#define SYST_CVR 0xE000E018u
#define ISER     0xE000E100u
#define ICER     0xE000E180u
#define ISPR     0xE000E200u
#define ICPR     0xE000E280u
#define IPR      0xE000E400u
#define ICSR     0xE000ED04u
#define VTOR     0xE000ED08u
#define AIRCR    0xE000ED0Cu
#define SHCSR    0xE000ED24u

enum { PENDSVSET = 1 << 28, COUNTFLAG = 1 << 16 };

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static void put16(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 2, value);
}

static void put8(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 1, value);
}

// A USART that is on, at the end of whose line two bytes wait.
static uint32_t open_usart(struct bench *bench, struct wire *wire, const char *slug)
{
    bench_open(bench, device_find(slug));
    struct block *usart = block_find(&bench->chip, "USART1");
    wire_open(wire);
    wire_feed(wire, "ab", 2);
    usart->type->serial->connect(usart, &wire->port);
    usart->type->use(usart);
    return usart->peripheral->start;
}

static void sending_takes_no_received_byte(void **state)
{
    enum { DR = 0x04 };
    struct wire wire;
    struct bench bench;
    (void)state;

    uint32_t usart = open_usart(&bench, &wire, "f405");
    put16(&bench, usart + DR, 'x'); // as the CMSIS headers of some series declare DR
    put8(&bench, usart + DR, 'y');
    assert_int_equal(wire.taken, 0);
    assert_int_equal(wire.sent, 2);
    assert_memory_equal(wire.output, "xy", 2);
    assert_int_equal(bus_read(&bench.chip, usart + DR, 2), 'a');
    assert_int_equal(wire.taken, 1);
    assert_int_equal(get(&bench, usart + DR), 'b');
    bench_close(&bench);
}

static void the_layout_with_two_data_registers_does_neither(void **state)
{
    enum { RDR = 0x24, TDR = 0x28 };
    struct wire wire;
    struct bench bench;
    (void)state;

    uint32_t usart = open_usart(&bench, &wire, "g0b1");
    put16(&bench, usart + TDR, 'x');
    put8(&bench, usart + TDR, 'y');
    put8(&bench, usart + RDR, 'z'); // read-only
    assert_int_equal(wire.taken, 0);
    assert_int_equal(wire.sent, 2);
    assert_memory_equal(wire.output, "xy", 2);
    assert_int_equal(bus_read(&bench.chip, usart + RDR, 1), 'a');
    bench_close(&bench);
}

static void a_register_of_a_block_keeps_its_other_bytes(void **state)
{
    enum { MODER = 0x00, ODR = 0x14, BSRR = 0x18 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    struct block *block = block_find(&bench.chip, "GPIOB");
    uint32_t port = block->peripheral->start;
    block_start_clock(block);
    put(&bench, port + MODER, 0x11223344);
    put8(&bench, port + MODER + 2, 0xAA);
    assert_int_equal(get(&bench, port + MODER), 0x11AA3344);
    put16(&bench, port + MODER, 0x5566);
    assert_int_equal(get(&bench, port + MODER), 0x11AA5566);
    put16(&bench, port + MODER + 2, 0x7788);
    assert_int_equal(get(&bench, port + MODER), 0x77885566);
    assert_int_equal(bus_read(&bench.chip, port + MODER + 1, 1), 0x55);
    assert_int_equal(bus_read(&bench.chip, port + MODER + 2, 2), 0x7788);
    put(&bench, port + ODR, 0xF0F0);
    put16(&bench, port + BSRR, 0x0001); // sets, and resets none
    assert_int_equal(get(&bench, port + ODR), 0xF0F1);
    put16(&bench, port + BSRR + 2, 0x8000);
    assert_int_equal(get(&bench, port + ODR), 0x70F1);
    bench_close(&bench);
}

static void a_register_that_nobody_models_keeps_them_too(void **state)
{
    static const uint32_t nobody = 0x40007C00;
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_null(block_at(&bench.chip, nobody));
    put(&bench, nobody, 0x11223344);
    put8(&bench, nobody + 3, 0xAA);
    put16(&bench, nobody, 0xBBCC);
    assert_int_equal(get(&bench, nobody), 0xAA22BBCC);
    bench_close(&bench);
}

static void bits_that_act_act_on_their_own_lines(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, ISER, 0xFFFFFFFF);
    put8(&bench, ICER + 1, 0x0F);
    assert_int_equal(get(&bench, ISER), 0xFFFFF0FF);
    put16(&bench, ICER + 2, 0x8001);
    assert_int_equal(get(&bench, ISER), 0x7FFEF0FF);
    put8(&bench, ISER + 1, 0x01);
    assert_int_equal(get(&bench, ISER), 0x7FFEF1FF);
    put(&bench, ISPR, 0xFFFFFFFF);
    put8(&bench, ICPR + 3, 0x80);
    assert_int_equal(get(&bench, ISPR), 0x7FFFFFFF);
    put16(&bench, ICPR, 0xFFFF);
    assert_int_equal(get(&bench, ISPR), 0x7FFF0000);
    put8(&bench, ISPR, 0x02);
    assert_int_equal(get(&bench, ISPR), 0x7FFF0002);
    put(&bench, IPR, 0x10203040);
    put8(&bench, IPR + 2, 0xF0);
    assert_int_equal(get(&bench, IPR), 0x10F03040);
    bench_close(&bench);
}

static void the_system_control_block_keeps_what_is_not_written(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, ICSR, PENDSVSET);
    put8(&bench, ICSR + 3, 0x04); // PENDSTSET
    assert_int_equal(get(&bench, ICSR) >> 24, 0x14);
    put8(&bench, ICSR + 3, 0x08); // PENDSVCLR
    assert_int_equal(get(&bench, ICSR) >> 24, 0x04);
    put(&bench, SHCSR, 0x70000);
    put8(&bench, SHCSR + 2, 0x02);
    assert_int_equal(get(&bench, SHCSR), 0x20000);
    put(&bench, VTOR, 0x20001000);
    put16(&bench, VTOR, 0x0400);
    assert_int_equal(get(&bench, VTOR), 0x20000400);
    put16(&bench, AIRCR, 4); // SYSRESETREQ without its key
    put16(&bench, AIRCR + 2, 0x05FA);
    assert_false(bench.chip.reset_wanted);
    put(&bench, AIRCR, 0x05FA0004);
    assert_true(bench.chip.reset_wanted);
    bench_close(&bench);
}

// A write reads nothing: what a read clears stays.
static void countflag_is_there_until_it_is_read(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, SYST_RVR, 99);
    put8(&bench, SYST_CSR, 5);
    bench_wait(&bench, 102);
    put8(&bench, SYST_CSR, 4);
    put8(&bench, SYST_CSR + 2, 0); // read-only
    assert_int_equal(get(&bench, SYST_CSR), COUNTFLAG | 4);
    assert_int_equal(get(&bench, SYST_CSR), 4);
    put(&bench, SYST_RVR, 0x123456);
    put16(&bench, SYST_RVR, 0xABCD);
    assert_int_equal(get(&bench, SYST_RVR), 0x12ABCD);
    bench_close(&bench);
}

static void a_write_to_the_counter_clears_countflag(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, SYST_RVR, 99);
    put(&bench, SYST_CSR, 5);
    bench_wait(&bench, 102);
    put(&bench, SYST_CVR, 0);
    assert_int_equal(get(&bench, SYST_CSR), 5);
    bench_close(&bench);
}

static void rcc_gets_ready_by_reads_alone(void **state)
{
    enum { CR = 0x00, CFGR = 0x08, PLL_ON = 1 << 24, PLL_READY = 1 << 25 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    uint32_t rcc = bench.chip.device->rcc, before = get(&bench, rcc + CR);
    put8(&bench, rcc + CR + 3, PLL_ON >> 24);
    assert_int_equal(rcc_peek(&bench.chip.rcc, rcc + CR), before | PLL_ON);
    for (int i = 0; i < 2 * RCC_SETTLE_READS; i++) {
        put8(&bench, rcc + CR, before & 0xFF);
        put16(&bench, rcc + CR, before & 0xFFFF);
    }
    for (int i = 1; i <= RCC_SETTLE_READS; i++) {
        bool ready = get(&bench, rcc + CR) & PLL_READY;
        assert_int_equal(ready, i == RCC_SETTLE_READS);
    }
    put8(&bench, rcc + CFGR, 2); // SW: the PLL
    for (int i = 0; i < 2 * RCC_SETTLE_READS; i++) {
        put8(&bench, rcc + CFGR + 1, 0);
    }
    for (int i = 1; i <= RCC_SETTLE_READS; i++) {
        assert_int_equal(get(&bench, rcc + CFGR) & 0xF, i == RCC_SETTLE_READS ? 0xA : 2);
    }
    bench_close(&bench);
}

static struct peripheral peripherals[] = {
    {.name = "WWDG", .block = BLOCK_WWDG, .start = 0x40002C00, .size = 0x400},
    {.name = "TIM6",
     .block = BLOCK_TIMER,
     .start = 0x40001000,
     .size = 0x400,
     .interrupt = -1,
     .timer = {1, 16, 0, false, true, 0, false}},
    {.name = NULL},
};

// What changes by itself is kept as it is, and not as it was written last.
static void a_counter_goes_on_where_another_part_is_written(void **state)
{
    enum { WWDG_CR = 0x40002C00, PERIOD = 4096, TIM_CR1 = 0x40001000, CNT = 0x24 };
    struct device device = bench_device("f405");
    struct bench bench;
    (void)state;

    device.peripherals = peripherals;
    bench_open(&bench, &device);
    put(&bench, WWDG_CR, 0xFF);
    bench_wait(&bench, 10 * PERIOD + 2);
    uint32_t left = get(&bench, WWDG_CR);
    assert_true(left < 0xF7);
    put16(&bench, WWDG_CR + 2, 0);
    put8(&bench, WWDG_CR + 1, 0);
    assert_int_equal(get(&bench, WWDG_CR), left);
    put(&bench, TIM_CR1, 1);
    bench_wait(&bench, 1000);
    uint32_t count = get(&bench, TIM_CR1 + CNT);
    assert_true(count >= 1000);
    put16(&bench, TIM_CR1 + CNT + 2, 0);
    assert_int_equal(get(&bench, TIM_CR1 + CNT), count);
    put(&bench, TIM_CR1 + CNT, 0x10FF);
    bench_wait(&bench, 16);
    put8(&bench, TIM_CR1 + CNT, 0);
    assert_int_equal(get(&bench, TIM_CR1 + CNT) >> 8, 0x11);
    bench_close(&bench);
}

// A key is a whole word: bytes of it do not make one with what was written before.
static void a_part_of_a_key_is_none(void **state)
{
    enum { IWDG = 0x40003000, PR = 4 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, IWDG, 0x5555);
    put(&bench, IWDG + PR, 5);
    assert_int_equal(get(&bench, IWDG + PR), 5);
    put8(&bench, IWDG + 1, 0x55);
    put(&bench, IWDG + PR, 3);
    assert_int_equal(get(&bench, IWDG + PR), 5);
    put8(&bench, IWDG, 0xCC);
    put8(&bench, IWDG + 1, 0xCC);
    assert_true(bench_deadline(&bench, WATCHDOG_INDEPENDENT) == EVENT_NEVER);
    put16(&bench, IWDG, 0xCCCC);
    assert_true(bench_deadline(&bench, WATCHDOG_INDEPENDENT) != EVENT_NEVER);
    bench_close(&bench);
}

// The flag lives in the chip and not in the register.
static void the_empty_flag_stays_unless_it_is_written(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("g0b1"));
    uint32_t acr = bench.chip.device->empty_register, flag = bench.chip.device->empty_mask;
    assert_true(bench.chip.empty);
    assert_int_equal(flag, 1 << 16);
    uint32_t others = get(&bench, acr) & 0xFFFE0000;
    put16(&bench, acr, 0x0702);
    assert_true(bench.chip.empty);
    assert_int_equal(get(&bench, acr), others | flag | 0x0702);
    put8(&bench, acr + 2, 0);
    assert_false(bench.chip.empty);
    put16(&bench, acr, 0x0700);
    assert_false(bench.chip.empty);
    bench_close(&bench);

    bench_open(&bench, device_find("l41"));
    acr = bench.chip.device->empty_register, flag = bench.chip.device->empty_mask;
    assert_true(bench.chip.device->empty_toggles && bench.chip.empty);
    put8(&bench, acr + (flag & 0xFFFF ? 2 : 0), 0);
    assert_true(bench.chip.empty);
    put(&bench, acr, flag);
    assert_false(bench.chip.empty);
    bench_close(&bench);
}

static void unlock_option_bytes(struct bench *bench)
{
    const struct option_entry *entry = &bench->chip.device->option_entry;

    for (unsigned i = 0; i < OPTION_LOCKS && entry->keys[i].name; i++) {
        put(bench, entry->keys[i].address, entry->keys[i].keys[0]);
        put(bench, entry->keys[i].address, entry->keys[i].keys[1]);
    }
    put(bench, entry->clear_register, entry->error_mask); // of power-on
}

// Bits that the row does not know are programmed as they are, so nothing goes wrong.
static void half_of_the_option_bytes_leaves_the_other_half(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("g0b1"));
    const struct option_entry *entry = &bench.chip.device->option_entry;
    unlock_option_bytes(&bench);
    uint32_t wanted = (get(&bench, entry->address) & ~entry->mask) | entry->value;
    put16(&bench, entry->address + 2, wanted >> 16);
    assert_int_equal(get(&bench, entry->address), wanted);
    put(&bench, entry->start_register, entry->start_mask);
    assert_null(bench.chip.core.lockup);
    assert_int_equal(bench.chip.option_bytes.stored, entry->value);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sending_takes_no_received_byte),
        cmocka_unit_test(the_layout_with_two_data_registers_does_neither),
        cmocka_unit_test(a_register_of_a_block_keeps_its_other_bytes),
        cmocka_unit_test(a_register_that_nobody_models_keeps_them_too),
        cmocka_unit_test(bits_that_act_act_on_their_own_lines),
        cmocka_unit_test(the_system_control_block_keeps_what_is_not_written),
        cmocka_unit_test(countflag_is_there_until_it_is_read),
        cmocka_unit_test(a_write_to_the_counter_clears_countflag),
        cmocka_unit_test(rcc_gets_ready_by_reads_alone),
        cmocka_unit_test(a_counter_goes_on_where_another_part_is_written),
        cmocka_unit_test(a_part_of_a_key_is_none),
        cmocka_unit_test(the_empty_flag_stays_unless_it_is_written),
        cmocka_unit_test(half_of_the_option_bytes_leaves_the_other_half),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
