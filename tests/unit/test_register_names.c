// test_register_names.c: registers and bits have the names that Arm and ST print.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "register_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void check(const struct bench *bench, uint32_t address, uint32_t bits, const char *name,
                  const char *names)
{
    char text[REGISTER_NAME_ROOM], list[REGISTER_BITS_ROOM];

    register_name(&bench->chip, address, text);
    assert_string_equal(text, name);
    register_bit_names(&bench->chip, address, bits, list);
    assert_string_equal(list, names);
}

static void the_core(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    check(&bench, 0xE000E010, 3, "SYST_CSR", "ENABLE, TICKINT");
    check(&bench, 0xE000E108, 0x4040, "NVIC_ISER2", "interrupt 70 (DMA2), interrupt 78");
    check(&bench, 0xE000ED88, 0xF00000, "CPACR", "CP10, CP11");
    check(&bench, 0xE000ED14, 0x10200, "CCR", "STKALIGN, DC");
    check(&bench, register_special(SPECIAL_CONTROL), 6, "CONTROL", "SPSEL, FPCA");
    check(&bench, register_special(SPECIAL_PRIMASK), 1, "PRIMASK", "");
    check(&bench, register_special(SPECIAL_PSP), 0x20000000, "PSP", "");
    bench_close(&bench);
}

static void the_clocks(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    check(&bench, 0x40023800, 0x01010000, "RCC_CR", "PLLON, HSEON");
    check(&bench, 0x40023804, 0x3F, "RCC_PLLCFGR", "bits 0x0000003F");
    check(&bench, 0x40023830, 1, "RCC_AHB1ENR", "the clock of GPIOA");
    check(&bench, 0x40023824, 0x4010, "RCC_APB2RSTR", "the reset of USART1, the reset of SYSCFG");
    check(&bench, 0x400238F0, 0, "RCC + 0xF0", "");
    bench_close(&bench);
}

static void peripherals(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    check(&bench, 0x40020014, 0x21, "GPIOA_ODR", "bit 0, bit 5");
    check(&bench, 0x40007000, 0x101, "PWR_CR", "DBP, bit 0");
    check(&bench, 0x4001100C, 0x2000, "USART1_CR1", "bit 13");
    check(&bench, 0x40011400, 0, "USART6_SR", "");
    check(&bench, 0x4000F000, 0, "0x4000F000", "");
    check(&bench, 0x40013C00, 0, "EXTI_IMR", "");
    bench_close(&bench);
    bench_open(&bench, device_find("g0b1"));
    check(&bench, 0x40013800, 0, "USART1_CR1", "");
    check(&bench, 0x4001381C, 0, "USART1_ISR", "");
    bench_close(&bench);
}

// Wherever a bit is asked for, the text stays in its room and ends in a whole name.
static void no_text_is_too_long(void **state)
{
    char text[REGISTER_BITS_ROOM + 1];
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h723"));
    for (uint32_t address = bench.chip.device->rcc; address < bench.chip.device->rcc + 0x200;
         address += 4) {
        memset(text, 'x', sizeof text);
        register_bit_names(&bench.chip, address, 0xFFFFFFFF, text);
        assert_true(strlen(text) < REGISTER_BITS_ROOM);
        assert_int_equal(text[REGISTER_BITS_ROOM], 'x');
        assert_int_not_equal(text[strlen(text) - 1], ' ');
    }
    bench_close(&bench);
}

static void a_single_name_may_stand_behind_a_dot(void **state)
{
    (void)state;

    assert_true(register_bits_are_one_name("VOSRDY"));
    assert_false(register_bits_are_one_name("HSEON, PLLON"));
    assert_false(register_bits_are_one_name("bit 5"));
    assert_false(register_bits_are_one_name("bits 0x00000FFF"));
    assert_false(register_bits_are_one_name("the clock of GPIOB"));
    assert_false(register_bits_are_one_name(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_name_may_stand_behind_a_dot),
        cmocka_unit_test(the_core),
        cmocka_unit_test(the_clocks),
        cmocka_unit_test(peripherals),
        cmocka_unit_test(no_text_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
