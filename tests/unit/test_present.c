// test_present.c: what a chip shows of what was left, and what of it the architecture decides.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "present.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define BIT(name) (UINT64_C(1) << (LEFTOVER_##name))

#define RCC_CR      0x40023800u
#define RCC_AHB1ENR 0x40023830u
#define RCC_APB1ENR 0x40023840u
#define RCC_APB2ENR 0x40023844u
#define PWR_CR      0x40007000u
#define GPIOA       0x40020000u
#define DMA2_S0CR   0x40026410u
#define USART1      0x40011000u // the ROM listens on it
#define USART2      0x40004400u // and not on this one
#define SPI1        0x40013000u // nobody models it
#define SYST_CSR    0xE000E010u
#define NVIC_ISER   0xE000E100u
#define NVIC_ISPR   0xE000E200u
#define ROM_RAM     0x20000100u
#define OTHER_RAM   0x20010000u

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

static struct present look(struct bench *bench)
{
    struct contract contract;
    struct present present;

    contract_check(&bench->judge, &contract);
    present_find(&bench->judge, &contract, &present);
    return present;
}

// An F405 whose core stands where a handoff would leave it, so far as `look` looks at it.
static void set_up(struct bench *bench)
{
    const struct device *device = device_find("f405");

    bench_open(bench, device);
    cpu_set(bench->chip.core.cpu, CPU_MSP, memory_word(&bench->chip.memory, device->rom_vector));
}

static void expect(struct bench *bench, uint64_t asked, uint64_t left, uint64_t fatal,
                   uint64_t harmless)
{
    struct present present = look(bench);

    assert_int_equal(present.left & asked, left);
    assert_int_equal(present.fatal & asked, fatal);
    assert_int_equal(present.harmless & asked, harmless);
}

static void enables_are_told_from_the_clock_tree(void **state)
{
    const uint64_t asked = BIT(CLOCKS) | BIT(CLOCK_ENABLES) | BIT(HSI_OFF);
    struct bench bench;
    (void)state;

    set_up(&bench);
    expect(&bench, asked, 0, 0, 0);
    put(&bench, RCC_AHB1ENR, 0x00100001);
    expect(&bench, asked, BIT(CLOCK_ENABLES), 0, 0);
    put(&bench, RCC_CR, 0x00010083); // HSEON
    expect(&bench, asked, BIT(CLOCK_ENABLES) | BIT(CLOCKS), 0, 0);
    rcc_put(&bench.chip.rcc, RCC_CR, 0x00010082); // without HSION
    expect(&bench, asked, asked, 0, 0);
    bench_close(&bench);
}

static void peripherals_by_what_the_rom_does_with_them(void **state)
{
    const uint64_t asked = BIT(PORTS) | BIT(LIVE_USART) | BIT(PERIPHERALS) | BIT(UNKNOWN_REGISTERS);
    struct bench bench;
    (void)state;

    set_up(&bench);
    expect(&bench, asked, 0, 0, 0);
    put(&bench, RCC_AHB1ENR, 0x00100001);
    put(&bench, RCC_APB1ENR, 0x00020000);
    put(&bench, RCC_APB2ENR, 0x00000010);
    put(&bench, GPIOA, 0xA8000001);
    expect(&bench, asked, BIT(PORTS), 0, 0);
    put(&bench, USART2 + 12, 0x2000);
    expect(&bench, asked, BIT(PORTS) | BIT(PERIPHERALS), 0, BIT(PERIPHERALS));
    put(&bench, USART1 + 12, 0x2000);
    expect(&bench, asked, BIT(PORTS) | BIT(PERIPHERALS) | BIT(LIVE_USART), 0, BIT(PERIPHERALS));
    put(&bench, SPI1, 1); // nobody has named it in this row
    expect(&bench, BIT(UNKNOWN_REGISTERS), BIT(UNKNOWN_REGISTERS), 0, 0);
    bench_close(&bench);
}

static void a_line_that_nothing_raises_is_harmless(void **state)
{
    const uint64_t asked = BIT(ENABLED_INTERRUPTS) | BIT(PENDING_INTERRUPT);
    struct bench bench;
    (void)state;

    set_up(&bench);
    expect(&bench, asked, 0, 0, 0);
    put(&bench, NVIC_ISER + 4, 1u << 5); // USART1's line is 37
    expect(&bench, asked, BIT(ENABLED_INTERRUPTS), 0, BIT(ENABLED_INTERRUPTS));
    put(&bench, RCC_APB2ENR, 0x00000010);
    put(&bench, USART1 + 12, 0x2000);
    expect(&bench, asked, BIT(ENABLED_INTERRUPTS), 0, 0);
    put(&bench, NVIC_ISPR, 2);
    expect(&bench, asked, asked, 0, 0);
    bench_close(&bench);
}

static void systick_matters_with_its_interrupt(void **state)
{
    const uint64_t asked = BIT(SYSTICK) | BIT(SYSTICK_INTERRUPT);
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, SYST_CSR, 5);
    expect(&bench, asked, BIT(SYSTICK), 0, BIT(SYSTICK));
    put(&bench, SYST_CSR, 7);
    expect(&bench, asked, BIT(SYSTICK_INTERRUPT), 0, 0);
    bench_close(&bench);
}

static void a_handler_as_urgent_as_interrupts_is_another(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    struct exceptions *exceptions = &bench.chip.core.exceptions;
    exceptions->active[0] = 1u << 11; // SVCall, with the priority of a reset
    expect(&bench, BIT(HANDLER) | BIT(LOW_HANDLER), BIT(HANDLER), 0, 0);
    exceptions->priority[11] = 0x20;
    expect(&bench, BIT(HANDLER) | BIT(LOW_HANDLER), BIT(LOW_HANDLER), 0, 0);
    exceptions->active[0] |= 1u << 3; // HardFault
    expect(&bench, BIT(HANDLER) | BIT(LOW_HANDLER), BIT(HANDLER), 0, 0);
    bench_close(&bench);
}

static void stacks(void **state)
{
    const uint64_t asked = BIT(STACK_OUTSIDE_RAM) | BIT(STACK_AT_END_OF_RAM) | BIT(OWN_STACK);
    struct bench bench;
    (void)state;

    set_up(&bench);
    expect(&bench, asked, 0, 0, 0);
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x20001000);
    expect(&bench, asked, BIT(OWN_STACK), 0, 0);
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x20020000);
    expect(&bench, asked, BIT(STACK_AT_END_OF_RAM), 0, 0);
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x30000000);
    expect(&bench, asked, BIT(STACK_OUTSIDE_RAM), BIT(STACK_OUTSIDE_RAM), 0);
    bench_close(&bench);
}

static void a_floating_point_context(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    cpu_set(bench.chip.core.cpu, CPU_CONTROL, 4);
    expect(&bench, BIT(FP_CONTEXT), BIT(FP_CONTEXT), 0, BIT(FP_CONTEXT));
    bench.chip.core.exceptions.fp_control = 0x80000000u; // ASPEN without LSPEN, and the FPU off
    expect(&bench, BIT(FP_CONTEXT), BIT(FP_CONTEXT), 0, 0);
    bench_close(&bench);
}

static void supplies_and_the_backup_domain(void **state)
{
    const uint64_t asked = BIT(POWER) | BIT(BACKUP_ACCESS);
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, RCC_APB1ENR, 0x10000000);
    put(&bench, PWR_CR, 0x4100); // DBP, VOS as after a reset
    expect(&bench, asked, BIT(BACKUP_ACCESS), 0, 0);
    put(&bench, PWR_CR, 0x0100);
    expect(&bench, asked, asked, 0, 0);
    put(&bench, PWR_CR, 0x0000);
    expect(&bench, asked, BIT(POWER), 0, 0);
    bench_close(&bench);
}

static void dma_over_the_roms_ram_is_fatal(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    put(&bench, RCC_AHB1ENR, 0x00500000);
    put(&bench, DMA2_S0CR + 4, 16);         // NDTR
    put(&bench, DMA2_S0CR + 12, OTHER_RAM); // M0AR
    put(&bench, DMA2_S0CR, 0x00000401);     // MINC, from a peripheral to memory, EN
    expect(&bench, BIT(DMA), BIT(DMA), 0, 0);
    put(&bench, DMA2_S0CR, 0);
    put(&bench, DMA2_S0CR + 12, ROM_RAM - 8); // and grows into it
    put(&bench, DMA2_S0CR, 0x00000401);
    expect(&bench, BIT(DMA), BIT(DMA), BIT(DMA), 0);
    bench_close(&bench);
}

static void the_mpu(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench);
    struct mpu *mpu = &bench.chip.core.mpu;
    mpu->control = MPU_CONTROL_ENABLE | MPU_CONTROL_PRIVDEFENA;
    expect(&bench, BIT(MPU), BIT(MPU), 0, BIT(MPU)); // without a region
    mpu->control = MPU_CONTROL_ENABLE;
    expect(&bench, BIT(MPU), BIT(MPU), BIT(MPU), 0); // nothing may be executed
    mpu->control |= MPU_CONTROL_PRIVDEFENA;
    mpu->regions[0].base = 0x60000000;
    mpu->regions[0].attributes = 0x06000027; // 1 MB of external memory
    expect(&bench, BIT(MPU), BIT(MPU), 0, BIT(MPU));
    mpu->regions[0].base = 0x08000000; // of flash, which can only be read
    expect(&bench, BIT(MPU), BIT(MPU), 0, 0);
    mpu->regions[1].base = 0x1FFF0000;
    mpu->regions[1].attributes = 0x1300001F; // 64 KB that cannot be executed
    expect(&bench, BIT(MPU), BIT(MPU), BIT(MPU), 0);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enables_are_told_from_the_clock_tree),
        cmocka_unit_test(peripherals_by_what_the_rom_does_with_them),
        cmocka_unit_test(a_line_that_nothing_raises_is_harmless),
        cmocka_unit_test(systick_matters_with_its_interrupt),
        cmocka_unit_test(a_handler_as_urgent_as_interrupts_is_another),
        cmocka_unit_test(stacks),
        cmocka_unit_test(supplies_and_the_backup_domain),
        cmocka_unit_test(the_mpu),
        cmocka_unit_test(a_floating_point_context),
        cmocka_unit_test(dma_over_the_roms_ram_is_fatal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
