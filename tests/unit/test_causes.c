// test_causes.c: on every row, what is said of a broken point is about what that chip has.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "causes.h"
#include "contract.h"
#include "runnable.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void put(struct bench *bench, uint32_t address, uint32_t value)
{
    bus_write(&bench->chip, address, 4, value);
}

// All that software can get wrong, through the bus and the core's registers: what this chip does
// not have does not keep it.
static void break_everything(struct bench *bench)
{
    static const enum cpu_register masks[] = {CPU_PRIMASK, CPU_FAULTMASK, CPU_BASEPRI};
    static const uint32_t writes[][2] = {
        {0xE000E010, 7},        {0xE000E100, 3},          {0xE000E200, 4},
        {0xE000ED04, 1u << 28}, {0xE000ED24, 0x70000},    {0xE000ED88, 0xF00000},
        {0xE000ED14, 0x30018},  {0xE000ED08, 0x20000000}, {0xE000ED10, 6},
    };
    struct chip *chip = &bench->chip;

    for (const struct register_reset *one = chip->device->rcc_registers; one->name; one++) {
        put(bench, one->address, rcc_is_enable(one) ? 0xFFFFFFFF : one->value);
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->type->use) {
            block->type->use(block);
        }
        put(bench, block->peripheral->start, 0x00000001);
        put(bench, block->peripheral->start + 4, 0x00000010);
    }
    for (const struct register_reset *one = chip->device->rcc_registers; one->name; one++) {
        put(bench, one->address, one->value ^ 0x00010000);
    }
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        put(bench, writes[i][0], writes[i][1]);
    }
    if (chip->device->mpu) {
        put(bench, 0xE000ED94, 1);
    }
    put(bench, 0x40013FF0, 1); // nobody models it
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        cpu_set(chip->core.cpu, masks[i], 1);
    }
    cpu_set_stack_limit(chip->core.cpu, 0x20000100);
    cpu_set(chip->core.cpu, CPU_CONTROL, cpu_has_fpu(chip->device->core) ? 6 : 2);
    chip->core.exceptions.active[0] = 1u << EXCEPTION_SVC;
    chip->rom_pc = chip->device->rom_vector + 4;
}

static bool row_has_word(const struct device *device, const char *word, size_t length)
{
    const char *in_rcc = length > 4 && strncmp(word, "RCC_", 4) == 0 ? word + 4 : NULL;

    for (const struct register_reset *one = device->rcc_registers; in_rcc && one->name; one++) {
        if (strlen(one->name) + 4 == length && strncmp(in_rcc, one->name, length - 4) == 0) {
            return true;
        }
    }
    for (const struct reset_register *one = device->reset_registers; in_rcc && one->name; one++) {
        if (strlen(one->name) + 4 == length && strncmp(in_rcc, one->name, length - 4) == 0) {
            return true;
        }
    }
    for (const struct peripheral *one = device->peripherals; one->name; one++) {
        if (strncmp(word, one->name, strlen(one->name)) == 0) {
            return true;
        }
    }
    for (const struct register_known *one = device->known_registers; one->name; one++) {
        if (strlen(one->name) == length && strncmp(word, one->name, length) == 0) {
            return true;
        }
    }
    return false;
}

// Words that are about parts of the core, or of the chip, that not every chip has.
static bool core_has_word(const struct device *device, const char *word)
{
    bool v7 = cpu_has_priority_masks(device->core), fpu = cpu_has_fpu(device->core);
    const struct {
        const char *word;
        bool there;
    } parts[] = {
        {"FAULTMASK", v7},
        {"BASEPRI", v7},
        {"SHCSR", v7},
        {"UNALIGN_TRP", v7},
        {"DIV_0_TRP", v7},
        {"CPACR", fpu},
        {"FPCCR", fpu},
        {"FPU", fpu},
        {"MSPLIM", cpu_has_stack_limits(device->core)},
        {"PSPLIM", cpu_has_stack_limits(device->core)},
        {"to VTOR", cpu_has_vtor(device->core)},
        {"MPU", device->mpu},
        {"data cache", cpu_has_data_cache(device->core)},
        {"instruction cache", cpu_has_data_cache(device->core)},
        {"SCB_", cpu_has_data_cache(device->core)},
        {"MEM_MODE", device->remap_register != 0},
        {"bootleap_enter", device->entry != ENTRY_NONE},
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(word, parts[i].word) && !parts[i].there) {
            return false;
        }
    }
    return true;
}

static const char *const of_every_core[] = {"SYST_CSR", "NVIC_ICER", "NVIC_ICPR",   "MEM_MODE",
                                            "MPU_CTRL", "SCB_",      "UNALIGN_TRP", "DIV_0_TRP"};

// Each register that a text names, in capitals with an underscore, is one of the row or the core.
static void check_text(const struct device *device, const char *text)
{
    if (!core_has_word(device, text)) {
        fail_msg("%s has no such part: %s", device->slug, text);
    }
    for (const char *at = text; *at; at++) {
        size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        bool known = false;
        if (length < 2 || !isupper((unsigned char)*at) || !memchr(at, '_', length)) {
            at += length ? length - 1 : 0;
            continue;
        }
        for (size_t i = 0; i < sizeof of_every_core / sizeof *of_every_core; i++) {
            known |= strncmp(at, of_every_core[i], strlen(of_every_core[i])) == 0;
        }
        if (!known && !row_has_word(device, at, length)) {
            fail_msg("%s has no %.*s: %s", device->slug, (int)length, at, text);
        }
        at += length - 1;
    }
}

// A reset bit is offered to those blocks alone of which the row has one that may be set.
static void check_reset_bit(const struct device *device, const struct cause *cause)
{
    const struct peripheral *one = device->peripherals;
    const struct reset_register *pulsed = device->reset_registers;

    if (!strstr(cause->cure, "Set and clear bit")) {
        return;
    }
    while (one->name && cause->address - one->start >= one->size) {
        one++;
    }
    while (one->name && pulsed->name && pulsed->address != one->reset_register) {
        pulsed++;
    }
    if (!one->name || !pulsed->name || one->reset_mask & ~pulsed->safe) {
        fail_msg("%s: %s is not to be reset: %s", device->slug, one->name ? one->name : "it",
                 cause->cure);
    }
}

static void check_row(const struct device *device)
{
    struct bench bench;
    struct contract contract;
    struct causes causes;

    bench_open(&bench, device);
    break_everything(&bench);
    contract_check(&bench.judge, &contract);
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (contract.points[i].ok) {
            continue;
        }
        causes_find(&bench.judge, i + 1, &causes);
        if (causes.count == 0) {
            fail_msg("%s: nothing is said of %s: %s", device->slug, contract.points[i].id,
                     contract.points[i].observed);
        }
        for (size_t j = 0; j < causes.count; j++) {
            assert_true(causes.list[j].so[0]);
            check_text(device, causes.list[j].so);
            check_text(device, causes.list[j].cure);
            check_text(device, causes.list[j].why ? causes.list[j].why : "");
            check_reset_bit(device, &causes.list[j]);
        }
    }
    bench_close(&bench);
}

static void no_cure_that_a_chip_does_not_have(void **state)
{
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        if (!runnable_why_not(&devices[i])) {
            check_row(&devices[i]);
        }
    }
}

static struct cause first_of(struct bench *bench, int number)
{
    struct causes causes;

    causes_find(&bench->judge, number, &causes);
    assert_true(causes.count > 0);
    return causes.list[0];
}

// PWR of an H7 has no reset bit. That of an F4 has one, but would change the voltage under code
// that runs.
static void a_block_without_reset_bit_is_brought_back_by_hand(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h723"));
    put(&bench, 0x58024818, 0x0000C000); // PWR_D3CR
    assert_string_equal(first_of(&bench, 12).cure,
                        "Bring its registers back to what a reset leaves");
    bench_close(&bench);
    bench_open(&bench, device_find("f405"));
    put(&bench, 0x40023840, 0x10020000);
    put(&bench, 0x40007000, 0x00004100); // PWR_CR
    assert_string_equal(first_of(&bench, 12).cure,
                        "Bring its registers back to what a reset leaves");
    put(&bench, 0x40007000, 0x00004000);
    put(&bench, 0x4000440C, 0x2000); // USART2_CR1
    assert_string_equal(first_of(&bench, 12).cure, "Set and clear bit 17 of RCC_APB1RSTR");
    bench_close(&bench);
}

static void the_register_and_its_bits(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, 0x40023800, 0x00010083);
    assert_int_equal(first_of(&bench, 11).address, 0x40023800);
    assert_int_equal(first_of(&bench, 11).bits, 0x00010000);
    put(&bench, 0xE000E104, 0x40);
    assert_int_equal(first_of(&bench, 6).address, 0xE000E104);
    assert_int_equal(first_of(&bench, 6).bits, 0x40);
    cpu_set(bench.chip.core.cpu, CPU_BASEPRI, 0x50);
    assert_string_equal(first_of(&bench, 4).cure, "Write 0 to BASEPRI");
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cure_that_a_chip_does_not_have),
        cmocka_unit_test(a_block_without_reset_bit_is_brought_back_by_hand),
        cmocka_unit_test(the_register_and_its_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
