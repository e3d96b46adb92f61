// test_rom_options.c: the virtual ROM shows option bytes, and obeys their write protection.
// SPDX-License-Identifier: MIT
#include "option_area.h"
#include "rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void set_up(struct rom_bench *bench, const char *slug, unsigned kb)
{
    rom_bench_set_up(bench, slug);
    option_area_fill(&bench->chip.option_area, bench->chip.device, kb);
}

// The ROM of an F401 refuses the first (stm32loader).
static void the_size_is_read_with_the_block_around_it(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f405", 512);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0x7A, 0x22, 0xB8);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0x7A, 0x00, 0x9A, 0x23, 0xDC);
    assert_int_equal(bench.answered, 3 + 0x24);
    assert_int_equal(bench.answer[bench.answered - 2], 0x00);
    assert_int_equal(bench.answer[bench.answered - 1], 0x02);
    SERVE(&bench, 0x11, 0xEE, 0x1F, 0xFF, 0xC0, 0x08, 0x28, 0x01, 0xFE);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF, 0xFF); // nothing protected
    rom_bench_tear_down(&bench);
}

static void protected_pages_stay_without_an_error(void **state)
{
    struct rom_bench bench;
    (void)state;

    set_up(&bench, "f405", 1024);
    struct memory *memory = &bench.chip.memory;
    memset(memory_at(memory, 0x08004000, 0x8000), 0, 0x8000);
    assert_true(option_area_put(&bench.chip.option_area, 0x1FFFC008, 0x7FFB)); // sector 2
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x01, 0x00, 0x01, 0x00, 0x02, 0x02);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(memory, 0x08004000), 0xFFFFFFFF);
    assert_int_equal(memory_word(memory, 0x08008000), 0);
    memset(memory_at(memory, 0x08008000, 4), 0xFF, 4);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x80, 0x00, 0x88, 0x03, 1, 2, 3, 4, 0x07);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK);
    assert_int_equal(memory_word(memory, 0x08008000), 0xFFFFFFFF);
    rom_bench_tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_size_is_read_with_the_block_around_it),
        cmocka_unit_test(protected_pages_stay_without_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
