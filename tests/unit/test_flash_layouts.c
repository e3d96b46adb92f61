// test_flash_layouts.c: what flash controllers of other layouts do in another way.
// SPDX-License-Identifier: MIT
//
// Registers and bits as the CMSIS headers have them, what they do as the reference manuals say.
#include "flash_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { L0 = 0x40022000, L0_PECR = L0 + 4, L0_PEKEYR = L0 + 12, L0_PRGKEYR = L0 + 16 };
enum { L0_SR = L0 + 24, L0_BSY = 1, L0_EOP = 2, WRPERR = 0x100, NOTZEROERR = 0x10000 };

static void two_locks_open_in_order(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("l07"));
    assert_int_equal(get(&bench, L0_PECR), 7);
    put(&bench, L0_PEKEYR, 0x89ABCDEF);
    put(&bench, L0_PEKEYR, 0x02030405);
    assert_int_equal(get(&bench, L0_PECR), 6);
    assert_true(store(&bench, FLASH + 0x100, 4, 1));
    assert_int_equal(get(&bench, L0_SR), WRPERR);
    put(&bench, L0_SR, WRPERR);
    put(&bench, L0_PRGKEYR, 0x8C9DAEBF);
    put(&bench, L0_PRGKEYR, 0x13141516);
    assert_int_equal(get(&bench, L0_PECR), 4);
    put(&bench, L0_PECR, 1); // the first closes both
    assert_int_equal(get(&bench, L0_PECR), 7);
    bench_close(&bench);
}

static void a_store_programs_a_word_or_erases_a_page(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("l07"));
    fill(&bench, 0x11);
    put(&bench, L0_PEKEYR, 0x89ABCDEF);
    put(&bench, L0_PEKEYR, 0x02030405);
    put(&bench, L0_PRGKEYR, 0x8C9DAEBF);
    put(&bench, L0_PRGKEYR, 0x13141516);
    put(&bench, L0_PECR, 0x208); // ERASE, PROG
    assert_true(store(&bench, FLASH + 0x1084, 4, 0));
    assert_int_equal(get(&bench, L0_SR), L0_BSY);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, L0_SR), L0_EOP);
    assert_erased(&bench, FLASH + 0x1080, 0x80);
    put(&bench, L0_PECR, 0);
    assert_true(store(&bench, FLASH + 0x1084, 4, 0x12345678));
    bench_wait(&bench, LONG);
    assert_true(store(&bench, FLASH + 0x1084, 4, 0x12345679));
    assert_int_equal(get(&bench, L0_SR), L0_EOP | NOTZEROERR);
    assert_int_equal(word(&bench, FLASH + 0x1084), 0x12345678);
    bench_close(&bench);
}

enum { F1 = 0x40022000, F1_BANK2 = 0x40, F1_KEYR = F1 + 4, F1_SR = F1 + 12, F1_CR = F1 + 16 };
enum { F1_AR = F1 + 20, F1_PG = 1, F1_PER = 2, F1_STRT = 0x40, PGERR = 4, F1_EOP = 0x20 };

static void half_words_are_programmed_once(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f10medium"));
    assert_false(store(&bench, FLASH + 0x1000, 2, 0));
    unlock(&bench, F1_KEYR);
    assert_int_equal(get(&bench, F1_CR), 0);
    put(&bench, F1_CR, F1_PG);
    assert_false(store(&bench, FLASH + 0x1000, 4, 0));
    assert_true(store(&bench, FLASH + 0x1002, 2, 0x1234));
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, F1_SR), F1_EOP);
    put(&bench, F1_SR, F1_EOP);
    assert_int_equal(word(&bench, FLASH + 0x1000), 0x1234FFFF);
    assert_true(store(&bench, FLASH + 0x1002, 2, 0x0034));
    assert_int_equal(get(&bench, F1_SR), PGERR);
    put(&bench, F1_SR, PGERR);
    assert_true(store(&bench, FLASH + 0x1002, 2, 0)); // 0 may go over anything
    assert_int_equal(word(&bench, FLASH + 0x1000), 0x0000FFFF);
    bench_close(&bench);
}

static void a_page_is_told_by_an_address_in_it(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f10xl"));
    fill(&bench, 0);
    unlock(&bench, F1_KEYR + F1_BANK2);
    put(&bench, F1_CR + F1_BANK2, F1_PER);
    put(&bench, F1_AR + F1_BANK2, 0x08080C04);
    put(&bench, F1_CR + F1_BANK2, F1_PER | F1_STRT);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, F1_SR + F1_BANK2), F1_EOP);
    assert_int_equal(get(&bench, F1_SR), 0);
    assert_erased(&bench, 0x08080800, 0x800);
    bench_close(&bench);
}

static void a_unit_of_four_words_waits_for_all(void **state)
{
    enum { U5 = 0x40022000, NSKEYR = U5 + 8, NSSR = U5 + 0x20, NSCR = U5 + 0x28, WDW = 1 << 17 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("u575"));
    put(&bench, 0x46020C88, 1 << 8); // FLASHEN, as a reset leaves it
    unlock(&bench, NSKEYR);
    put(&bench, NSCR, 1);
    for (uint32_t at = 0; at < 16; at += 4) {
        assert_int_equal(get(&bench, NSSR), at ? WDW : 0);
        assert_true(store(&bench, 0x08100000 + at, 4, ~at));
    }
    assert_int_equal(get(&bench, NSSR), 1 << 16);
    bench_wait(&bench, LONG);
    assert_int_equal(word(&bench, 0x0810000C), 0xFFFFFFF3);
    put(&bench, NSCR, 1 << 15 | 1 << 16); // MER2
    bench_wait(&bench, LONG);
    assert_int_equal(word(&bench, 0x0810000C), 0xFFFFFFFF);
    bench_close(&bench);
}

static void a_half_is_chosen_by_a_bit(void **state)
{
    enum {
        H5 = 0x40022000,
        NSKEYR = H5 + 4,
        NSSR = H5 + 0x20,
        NSCR = H5 + 0x28,
        NSCCR = H5 + 0x30
    };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h563"));
    put(&bench, 0x44020C88, 1 << 8); // FLITFEN, as a reset leaves it
    fill(&bench, 0);
    unlock(&bench, NSKEYR);
    put(&bench, NSCR, 8u | 1u << 31 | 1u << 5); // BER, BKSEL, STRT
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, NSSR), 1 << 16);
    put(&bench, NSCCR, 1 << 16);
    assert_int_equal(get(&bench, NSSR), 0);
    assert_erased(&bench, 0x08100000, 0x100000);
    bench_close(&bench);
}

static void flags_have_a_register_of_their_own(void **state)
{
    enum { H7R = 0x52002000, KEYR = H7R + 4, CR = H7R + 16, SR = H7R + 20, ISR = H7R + 36 };
    enum { ICR = H7R + 40 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h7rs"));
    fill(&bench, 0);
    unlock(&bench, KEYR);
    put(&bench, CR, 4 | 3 << 6 | 1 << 5); // SER, sector 3, START
    assert_int_equal(get(&bench, SR), 5);
    bench_wait(&bench, LONG);
    assert_int_equal(get(&bench, SR), 0);
    assert_int_equal(get(&bench, ISR), 1 << 16);
    put(&bench, ICR, 1 << 16);
    assert_int_equal(get(&bench, ISR), 0);
    assert_erased(&bench, 0x08006000, 0x2000);
    bench_close(&bench);
}

// Whether the NVIC sees this line.
static bool is_pending(struct bench *bench, unsigned line)
{
    return get(bench, 0xE000E200u + line / 32 * 4) >> line % 32 & 1;
}

static void the_end_and_errors_interrupt_where_they_may(void **state)
{
    enum { F4 = 0x40023C00, KEYR = F4 + 4, SR = F4 + 12, CR = F4 + 16, WORDS = 2 << 8 };
    enum { EOPIE = 1 << 24, ERRIE = 1 << 25, LINE = 4 };
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    unlock(&bench, KEYR);
    put(&bench, CR, WORDS | 1);
    assert_true(store(&bench, FLASH + 0x100, 4, 0));
    bench_wait(&bench, LONG);
    assert_true(store(&bench, FLASH + 0x100, 2, 0));
    assert_false(is_pending(&bench, LINE));
    put(&bench, CR, ERRIE | WORDS | 1);
    assert_true(is_pending(&bench, LINE));
    put(&bench, SR, 0x40); // PGPERR
    put(&bench, 0xE000E280, 1 << LINE);
    assert_false(is_pending(&bench, LINE));
    put(&bench, CR, EOPIE | WORDS | 1);
    assert_true(store(&bench, FLASH + 0x104, 4, 0));
    assert_false(is_pending(&bench, LINE));
    bench_wait(&bench, LONG);
    assert_true(is_pending(&bench, LINE));
    put(&bench, 0xE000E280, 1 << LINE);
    assert_true(is_pending(&bench, LINE)); // as long as the flag is set
    put(&bench, SR, 1);
    put(&bench, 0xE000E280, 1 << LINE);
    assert_false(is_pending(&bench, LINE));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_locks_open_in_order),
        cmocka_unit_test(a_store_programs_a_word_or_erases_a_page),
        cmocka_unit_test(half_words_are_programmed_once),
        cmocka_unit_test(a_page_is_told_by_an_address_in_it),
        cmocka_unit_test(a_unit_of_four_words_waits_for_all),
        cmocka_unit_test(a_half_is_chosen_by_a_bit),
        cmocka_unit_test(flags_have_a_register_of_their_own),
        cmocka_unit_test(the_end_and_errors_interrupt_where_they_may),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
