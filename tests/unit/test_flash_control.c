// test_flash_control.c: keys, stores, errors and erasing of flash controllers with a start bit.
// SPDX-License-Identifier: MIT
//
// Registers and bits as the CMSIS headers have them, what they do as the reference manuals say.
#include "flash_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { F4 = 0x40023C00, F4_KEYR = F4 + 4, F4_SR = F4 + 12, F4_CR = F4 + 16 };
enum { WORDS = 2 << 8, EOP = 1, F4_BSY = 1 << 16, EOPIE = 1 << 24, PGSERR = 0x80, PGPERR = 0x40 };

static void a_store_to_locked_flash_is_told_by_flags(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    assert_int_equal(get(&bench, F4_CR), 0x80000000);
    put(&bench, F4_CR, WORDS | 1); // locked
    assert_int_equal(get(&bench, F4_CR), 0x80000000);
    assert_true(store(&bench, 0x10, 4, 0)); // the alias, as after a NULL pointer
    assert_int_equal(word(&bench, FLASH + 0x10), 0xFFFFFFFF);
    assert_int_equal(get(&bench, F4_SR), PGSERR | PGPERR); // PSIZE is bytes
    put(&bench, F4_SR, PGPERR);
    assert_int_equal(get(&bench, F4_SR), PGSERR);
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(store(&bench, FLASH + 0x10, 1, 0));
    assert_int_equal(get(&bench, F4_SR), PGSERR);
    bench_close(&bench);
}

static void a_wrong_key_locks_until_the_next_reset(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    put(&bench, F4_KEYR, KEY2);
    unlock(&bench, F4_KEYR);
    assert_int_equal(get(&bench, F4_CR), 0x80000000);
    bench_reset(&bench, RESET_SOFTWARE);
    unlock(&bench, F4_KEYR);
    assert_int_equal(get(&bench, F4_CR), 0);
    put(&bench, F4_CR, 0x80000000);
    assert_int_equal(get(&bench, F4_CR), 0x80000000);
    unlock(&bench, F4_KEYR);
    assert_int_equal(get(&bench, F4_CR), 0);
    bench_close(&bench);
}

static void programming_clears_bits_of_the_chosen_width(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    unlock(&bench, F4_KEYR);
    put(&bench, F4_CR, WORDS | 1);
    assert_true(store(&bench, FLASH + 0x100, 4, 0x12345678));
    assert_int_equal(get(&bench, F4_SR), F4_BSY);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, F4_SR), 0); // EOP needs EOPIE
    assert_true(store(&bench, FLASH + 0x100, 4, 0xF0F0F0F0));
    assert_int_equal(word(&bench, FLASH + 0x100), 0x10305070);
    bench_wait(&bench, LONG);
    put(&bench, F4_CR, EOPIE | WORDS | 1);
    assert_true(store(&bench, FLASH + 0x104, 2, 0));
    assert_int_equal(get(&bench, F4_SR), PGPERR);
    assert_int_equal(word(&bench, FLASH + 0x104), 0xFFFFFFFF);
    put(&bench, F4_SR, PGPERR);
    put(&bench, F4_CR, EOPIE | 1);
    assert_true(store(&bench, FLASH + 0x106, 1, 0x55));
    assert_int_equal(word(&bench, FLASH + 0x104), 0xFF55FFFF);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, F4_SR), EOP);
    bench_close(&bench);
}

static void sectors_and_banks_are_erased(void **state)
{
    enum { SER = 2, MER = 4, MER2 = 1 << 15, STRT = 1 << 16 };
    static const struct {
        const char *slug;
        uint32_t bits, start, size;
    } erasures[] = {
        {"f405", SER | 11 << 3, 0x080E0000, 0x20000}, {"f405", MER, 0x08000000, 0x100000},
        {"f405", SER | 12 << 3, 0x08000000, 0}, // there is none
        {"f42", SER | 16 << 3, 0x08100000, 0x4000},   {"f42", SER | 4 << 3, 0x08010000, 0x10000},
        {"f42", MER, 0x08000000, 0x100000},           {"f42", MER2, 0x08100000, 0x100000},
        {"f42", MER | MER2, 0x08000000, 0x200000},
    };
    (void)state;

    for (size_t i = 0; i < sizeof erasures / sizeof erasures[0]; i++) {
        struct bench bench;
        bench_open(&bench, device_find(erasures[i].slug));
        cpu_set(bench.chip.core.cpu, CPU_PC, 0x20000000); // the code is elsewhere
        fill(&bench, 0);
        unlock(&bench, F4_KEYR);
        put(&bench, F4_CR, erasures[i].bits | STRT);
        assert_int_equal(get(&bench, F4_SR), erasures[i].size ? F4_BSY : 0);
        assert_int_equal(get(&bench, F4_CR), erasures[i].bits);
        bench_wait(&bench, LONG);
        assert_int_equal(get(&bench, F4_SR), 0);
        assert_erased(&bench, erasures[i].start, erasures[i].size);
        bench_close(&bench);
    }
}

static void code_that_erases_itself_ends_the_run(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    cpu_set(bench.chip.core.cpu, CPU_PC, 0x100); // by the alias
    unlock(&bench, F4_KEYR);
    put(&bench, F4_CR, 2 | 1 << 16);
    put(&bench, F4_CR, 0); // waits until it is done
    assert_non_null(bench.chip.core.lockup);
    bench_close(&bench);
}

enum { G0 = 0x40022000, G0_KEYR = G0 + 8, G0_SR = G0 + 16, G0_CR = G0 + 20 };
enum { PROGERR = 8, PGAERR = 0x20, SIZERR = 0x40, CFGBSY = 1 << 18, G0_BUSY = 7 << 16 };

static void open_g0(struct bench *bench)
{
    bench_open(bench, device_find("g0b1"));
    put(bench, 0x40021038, 1 << 8); // FLASHEN, as a reset leaves it
    unlock(bench, G0_KEYR);
    put(bench, G0_CR, 1);
}

static void a_unit_is_programmed_when_it_is_complete(void **state)
{
    struct bench bench;
    (void)state;

    open_g0(&bench);
    assert_int_equal(get(&bench, G0_CR), 0x40000001); // OPTLOCK is another lock
    assert_true(store(&bench, FLASH + 0x800, 4, 1));
    assert_int_equal(get(&bench, G0_SR), CFGBSY);
    assert_int_equal(word(&bench, FLASH + 0x800), 0xFFFFFFFF);
    assert_true(store(&bench, FLASH + 0x804, 4, 2));
    assert_int_equal(get(&bench, G0_SR), G0_BUSY);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, G0_SR), 0);
    assert_int_equal(word(&bench, FLASH + 0x800), 1);
    assert_int_equal(word(&bench, FLASH + 0x804), 2);
    bench_close(&bench);
}

static void what_a_unit_does_not_take_is_told_by_flags(void **state)
{
    struct bench bench;
    (void)state;

    open_g0(&bench);
    assert_true(store(&bench, FLASH + 0x800, 2, 1));
    assert_int_equal(get(&bench, G0_SR), SIZERR);
    assert_true(store(&bench, FLASH + 0x800, 4, 1)); // not as long as a flag is set
    assert_int_equal(get(&bench, G0_SR), SIZERR | PGSERR);
    put(&bench, G0_SR, SIZERR | PGSERR);
    assert_true(store(&bench, FLASH + 0x804, 4, 1));
    assert_int_equal(get(&bench, G0_SR), PGAERR);
    put(&bench, G0_SR, PGAERR);
    for (int turn = 0; turn < 2; turn++) { // it is programmed once
        assert_true(store(&bench, FLASH + 0x800, 4, 1));
        assert_true(store(&bench, FLASH + 0x804, 4, (uint32_t)turn));
        bench_wait(&bench, LONG);
        assert_int_equal(get(&bench, G0_SR), turn ? PROGERR : 0);
        assert_int_equal(word(&bench, FLASH + 0x804), 0);
    }
    put(&bench, G0_SR, PROGERR);
    put(&bench, G0_CR, 1 << 18); // FSTPG
    assert_true(store(&bench, FLASH + 0x900, 4, 1));
    assert_int_equal(get(&bench, G0_SR), CFGBSY);
    assert_true(store(&bench, FLASH + 0x904, 4, 1));
    bench_wait(&bench, LONG);
    put(&bench, G0_CR, 0);
    assert_true(store(&bench, FLASH + 0x900, 4, 1));
    assert_int_equal(get(&bench, G0_SR), PGSERR);
    put(&bench, G0_CR, 2 | 5 << 3 | 1 << 16);
    assert_int_equal(get(&bench, G0_SR), PGSERR); // nothing is erased either
    bench_close(&bench);
}

static void pages_of_the_second_bank_have_two_numbers(void **state)
{
    static const uint32_t numbers[] = {3, 256 + 3};
    (void)state;

    for (size_t i = 0; i < 2; i++) {
        struct bench bench;
        open_g0(&bench);
        fill(&bench, 0);
        put(&bench, G0_CR, 2 | numbers[i] << 3 | 1 << 13 | 1 << 16);
        bench_wait(&bench, LONG);
        assert_erased(&bench, 0x08041800, 0x800);
        bench_close(&bench);
    }
}

enum { H7 = 0x52002000, BANK2 = 0x100, H7_KEYR = H7 + 4, H7_CR = H7 + 12, H7_SR = H7 + 16 };
enum { H7_CCR = H7 + 20, H7_BUSY = 5, WBNE = 2, H7_EOP = 1 << 16, INCERR = 1 << 21 };

static void each_bank_has_its_controller(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h743"));
    unlock(&bench, H7_KEYR + BANK2);
    assert_int_equal(get(&bench, H7_CR), 1);
    put(&bench, H7_CR + BANK2, 2);
    assert_false(store(&bench, 0x08000000, 4, 0));
    for (uint32_t at = 0; at < 32; at += 4) {
        assert_int_equal(get(&bench, H7_SR + BANK2), at ? WBNE : 0);
        assert_true(store(&bench, 0x08100000 + at, 4, at));
    }
    assert_int_equal(get(&bench, H7_SR + BANK2), H7_BUSY);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, H7_SR + BANK2), H7_EOP);
    put(&bench, H7_CCR + BANK2, H7_EOP);
    assert_int_equal(get(&bench, H7_SR + BANK2), 0);
    assert_int_equal(word(&bench, 0x0810001C), 0x1C);
    put(&bench, H7_CR + BANK2, 8 | 1 << 7); // BER
    bench_wait(&bench, LONG);
    assert_int_equal(word(&bench, 0x0810001C), 0xFFFFFFFF);
    bench_close(&bench);
}

static void a_unit_is_forced_or_left(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h743"));
    unlock(&bench, H7_KEYR);
    put(&bench, H7_CR, 2);
    assert_true(store(&bench, FLASH + 0x24, 1, 0x55));
    put(&bench, H7_CR, 2 | 1 << 6); // FW
    bench_wait(&bench, LONG);
    assert_int_equal(word(&bench, FLASH + 0x24), 0xFFFFFF55);
    assert_int_equal(word(&bench, FLASH + 0x3C), 0xFFFFFFFF);
    assert_true(store(&bench, FLASH + 0x40, 4, 1));
    assert_true(store(&bench, FLASH + 0x60, 4, 1));
    assert_int_equal(get(&bench, H7_SR), H7_EOP | INCERR);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_to_locked_flash_is_told_by_flags),
        cmocka_unit_test(a_wrong_key_locks_until_the_next_reset),
        cmocka_unit_test(programming_clears_bits_of_the_chosen_width),
        cmocka_unit_test(sectors_and_banks_are_erased),
        cmocka_unit_test(code_that_erases_itself_ends_the_run),
        cmocka_unit_test(a_unit_is_programmed_when_it_is_complete),
        cmocka_unit_test(what_a_unit_does_not_take_is_told_by_flags),
        cmocka_unit_test(pages_of_the_second_bank_have_two_numbers),
        cmocka_unit_test(each_bank_has_its_controller),
        cmocka_unit_test(a_unit_is_forced_or_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
