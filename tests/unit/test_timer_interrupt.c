// test_timer_interrupt.c: a timer interrupts until its flag is cleared, alone or on a shared line.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TIMER   0x40001000u
#define APB1ENR 0x40023840u
#define RSTR    0x40023820u
#define ISER1   0xE000E104u
#define ISPR1   0xE000E204u
#define FLASH   0x08000000u

enum { CR1 = 0x00, DIER = 0x0C, SR = 0x10, EGR = 0x14, CNT = 0x24, PSC = 0x28, ARR = 0x2C };
enum { CEN = 1, UDIS = 2, URS = 4, OPM = 8, ARPE = 0x80, UIE = 1, UIF = 1, UG = 1 };
enum { LINE = 54, ENABLE = 1 << 4, RESET = 1 << 4 };

static const struct peripheral peripherals[] = {
    {"TIM6",
     BLOCK_TIMER,
     TIMER,
     0x400,
     APB1ENR,
     ENABLE,
     0,
     RSTR,
     RESET,
     LINE,
     {1, 16, 0, false, true, 0, false}},
    {.name = NULL},
};

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, TIMER + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, TIMER + offset, 4, value);
}

static void set_up(struct bench *bench, struct device *device)
{
    *device = bench_device("f405");
    device->peripherals = peripherals;
    bench_open(bench, device);
    bus_write(&bench->chip, APB1ENR, 4, ENABLE);
    assert_int_equal(get(bench, ARR), 0xFFFF);
    put(bench, ARR, 9);
}

static bool is_pending(struct bench *bench)
{
    return bus_read(&bench->chip, ISPR1, 4) >> (LINE - 32) & 1u;
}

static void the_line_is_high_while_flag_and_enable_are_set(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, EGR, UG);
    assert_false(is_pending(&bench));
    put(&bench, DIER, UIE);
    assert_true(is_pending(&bench));
    bus_write(&bench.chip, ISPR1 + 0x80, 4, 1u << (LINE - 32));
    assert_true(is_pending(&bench));
    put(&bench, DIER, 0);
    bus_write(&bench.chip, ISPR1 + 0x80, 4, 1u << (LINE - 32));
    assert_false(is_pending(&bench));
    put(&bench, SR, 0);
    put(&bench, DIER, UIE);
    put(&bench, CR1, CEN);
    bench_wait(&bench, 10);
    assert_false(is_pending(&bench));
    bench_wait(&bench, 1); // nobody asks the timer: the event queue does
    assert_true(is_pending(&bench));
    bench_close(&bench);
}

static const struct peripheral both[] = {
    {"TIM6",
     BLOCK_TIMER,
     TIMER,
     0x400,
     APB1ENR,
     ENABLE,
     0,
     RSTR,
     RESET,
     LINE,
     {1, 16, 0, false, true, 0, false}},
    {"TIM7",
     BLOCK_TIMER,
     TIMER + 0x400,
     0x400,
     APB1ENR,
     ENABLE,
     0,
     RSTR,
     0x20,
     LINE,
     {1, 16, 0, false, true, 0, false}},
    {.name = NULL},
};

// Two timers on one line, as TIM1 and TIM10 of an F4 are.
static void a_shared_line_is_high_while_one_of_them_drives_it(void **state)
{
    struct device device = bench_device("f405");
    struct bench bench;
    (void)state;

    device.peripherals = both;
    bench_open(&bench, &device);
    bus_write(&bench.chip, APB1ENR, 4, ENABLE);
    for (uint32_t timer = 0; timer <= 0x400; timer += 0x400) {
        put(&bench, timer + DIER, UIE);
        put(&bench, timer + EGR, UG);
    }
    put(&bench, SR, 0);
    bus_write(&bench.chip, ISPR1 + 0x80, 4, 1u << (LINE - 32));
    assert_true(is_pending(&bench)); // the other still asks
    bus_write(&bench.chip, RSTR, 4, 0x20);
    bus_write(&bench.chip, ISPR1 + 0x80, 4, 1u << (LINE - 32));
    assert_false(is_pending(&bench));
    bus_write(&bench.chip, RSTR, 4, 0);
    for (uint32_t timer = 0; timer <= 0x400; timer += 0x400) {
        put(&bench, timer + DIER, UIE);
        put(&bench, timer + EGR, UG);
    }
    bench_reset(&bench, RESET_SOFTWARE);
    assert_false(is_pending(&bench)); // none of them has made it pending on its way to reset
    bench_close(&bench);
}

// Sleeps for ever. The handler stores 0 where R0 points, and counts in R4.
static const uint16_t sleeps[] = {0xBF30, 0xE7FD};
static const uint16_t counts[] = {0x2100, 0x6001, 0x3401, 0x4770};

static void run_firmware(struct bench *bench, uint32_t status)
{
    uint32_t handler = FLASH + 0x300 + 1, vector = FLASH + 4 * (EXCEPTION_IRQ0 + LINE);

    memcpy(memory_at(&bench->chip.memory, FLASH + 0x200, sizeof sleeps), sleeps, sizeof sleeps);
    memcpy(memory_at(&bench->chip.memory, FLASH + 0x300, sizeof counts), counts, sizeof counts);
    memcpy(memory_at(&bench->chip.memory, vector, 4), &handler, 4);
    bus_write(&bench->chip, ISER1, 4, 1u << (LINE - 32));
    exceptions_set_vtor(&bench->chip.core, FLASH);
    cpu_set(bench->chip.core.cpu, CPU_MSP, 0x20002000);
    cpu_set(bench->chip.core.cpu, CPU_R0, status);
    cpu_set(bench->chip.core.cpu, CPU_R4, 0);
    cpu_set(bench->chip.core.cpu, CPU_PC, (FLASH + 0x200) | 1u);
    assert_true(chip_run(&bench->chip)); // it comes back before the first instruction of a chip
    assert_true(chip_run(&bench->chip));
}

static void its_handler_runs_once_an_update(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, ARR, 999);
    put(&bench, DIER, UIE);
    put(&bench, CR1, CEN);
    run_firmware(&bench, TIMER + SR);
    assert_int_equal(bench.chip.core.instructions, 5000);
    assert_int_equal(bench.chip.core.exceptions.taken, 5); // the handler has yet to begin
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R4), 4);
    assert_true(chip_run(&bench.chip));
    assert_int_equal(bench.chip.core.instructions, 10000);
    assert_int_equal(cpu_get(bench.chip.core.cpu, CPU_R4), 9);
    bench_close(&bench);
}

static void its_handler_runs_again_while_the_flag_is_set(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, DIER, UIE);
    put(&bench, EGR, UG);
    run_firmware(&bench, 0x20000000);
    assert_in_range(cpu_get(bench.chip.core.cpu, CPU_R4), 4096 / 6, 4096 / 4);
    put(&bench, SR, 0);
    run_firmware(&bench, TIMER + SR);
    assert_in_range(cpu_get(bench.chip.core.cpu, CPU_R4), 0, 1); // what was pending already
    bench_close(&bench);
}

// Without UIE it lets the core sleep, and has counted on all the same.
static void it_wakes_nobody_without_its_interrupt(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    set_up(&bench, &device);
    put(&bench, ARR, 999);
    put(&bench, CR1, CEN);
    bus_write(&bench.chip, 0xE000E014, 4, 10699); // SysTick
    bus_write(&bench.chip, 0xE000E010, 4, 5);
    run_firmware(&bench, 0x20000000);
    assert_int_equal(bench.chip.core.instructions, 10700);
    assert_int_equal(bench.chip.core.exceptions.taken, 0);
    assert_int_equal(get(&bench, CNT), 700);
    assert_int_equal(get(&bench, SR), UIF);
    bench_close(&bench);
}

static bool holds(struct bench *bench, int point)
{
    struct contract contract;

    contract_check(&bench->judge, &contract);
    return contract.points[point - 1].ok;
}

// Each timer by itself: running it breaks H12, and its interrupt, though nobody has enabled it in
// the NVIC, H6. Its reset and a cleared pending bit mend both.
static void a_timer_that_is_left_running_breaks_h12_and_h6(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    for (const struct peripheral *p = bench.chip.device->peripherals; p->name; p++) {
        if (!p->timer.apb) {
            continue;
        }
        assert_true(holds(&bench, 12));
        bus_write(&bench.chip, p->clock_register, 4, p->clock_mask);
        bus_write(&bench.chip, p->start + CR1, 4, CEN);
        assert_false(holds(&bench, 12));
        bus_write(&bench.chip, p->start + DIER, 4, UIE);
        assert_true(holds(&bench, 6));
        bus_write(&bench.chip, p->start + EGR, 4, UG);
        assert_false(holds(&bench, 6));
        bus_write(&bench.chip, p->reset_register, 4, p->reset_mask);
        bus_write(&bench.chip, p->reset_register, 4, 0);
        assert_false(holds(&bench, 6));
        unsigned line = (unsigned)p->interrupt;
        bus_write(&bench.chip, 0xE000E280u + line / 32 * 4, 4, 1u << line % 32);
        assert_true(holds(&bench, 6));
    }
    assert_true(holds(&bench, 12));
    bench_close(&bench);
}

// Its update event raises the line that the row gives, and no other.
static void check_line(struct bench *bench, const struct peripheral *timer)
{
    unsigned line = (unsigned)timer->interrupt;

    bus_write(&bench->chip, timer->clock_register, 4, timer->clock_mask);
    bus_write(&bench->chip, timer->start + DIER, 4, UIE);
    bus_write(&bench->chip, timer->start + EGR, 4, UG);
    for (unsigned word = 0; word < 8; word++) {
        uint32_t pending = bus_read(&bench->chip, 0xE000E200u + 4 * word, 4);
        assert_int_equal(pending, line / 32 == word ? 1u << line % 32 : 0);
    }
    bus_write(&bench->chip, timer->start + SR, 4, 0);
    bus_write(&bench->chip, 0xE000E280u + line / 32 * 4, 4, 1u << line % 32);
}

static void every_timer_of_every_row_has_its_line(void **state)
{
    unsigned timers = 0;
    (void)state;

    for (const struct device *row = devices; row < devices + device_count; row++) {
        struct bench bench;
        if (!row->peripherals->name) {
            continue;
        }
        bench_open(&bench, row);
        for (const struct peripheral *p = row->peripherals; p->name; p++) {
            if (p->timer.apb) {
                check_line(&bench, p);
                timers++;
            }
        }
        bench_close(&bench);
    }
    assert_true(timers > 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_is_high_while_flag_and_enable_are_set),
        cmocka_unit_test(a_shared_line_is_high_while_one_of_them_drives_it),
        cmocka_unit_test(its_handler_runs_once_an_update),
        cmocka_unit_test(its_handler_runs_again_while_the_flag_is_set),
        cmocka_unit_test(it_wakes_nobody_without_its_interrupt),
        cmocka_unit_test(a_timer_that_is_left_running_breaks_h12_and_h6),
        cmocka_unit_test(every_timer_of_every_row_has_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
