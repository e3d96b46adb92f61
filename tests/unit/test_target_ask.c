// test_target_ask.c: what a chip tells of its flash decides, and what it does not tell is said.
// SPDX-License-Identifier: MIT
#include "asked_chip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static unsigned number_at(const struct asked_chip *chip, uint32_t address, uint32_t size)
{
    struct region page;
    unsigned number;

    assert_true(flash_layout_page(&chip->target.layout, address, &number, &page));
    assert_int_equal(page.start, address);
    assert_int_equal(page.size, size);
    return number;
}

static bool has_page(const struct asked_chip *chip, uint32_t address)
{
    struct region page;
    unsigned number;

    return flash_layout_page(&chip->target.layout, address, &number, &page);
}

static bool notes(const struct asked_chip *chip, const char *words)
{
    for (unsigned i = 0; i < chip->target.note_count; i++) {
        if (strstr(chip->target.notes[i], words)) {
            return true;
        }
    }
    return false;
}

// An option register of the L4 and its like: no protected area, readout level 0.
enum { OPTR = 0x1FFF7800, SIZE_L4 = 0x1FFF75E0, NO_AREA = 0x000000FF };

static void the_size_register_decides(void **state)
{
    struct asked_chip chip = asked_chip_of("g07");

    (void)state;
    asked_chip_put(&chip, SIZE_L4, 64);
    asked_chip_put(&chip, OPTR, 0xFFFFFEAA);
    asked_chip_put(&chip, OPTR + 0x18, NO_AREA);
    asked_chip_put(&chip, OPTR + 0x20, NO_AREA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.layout.flash.size, 0x10000);
    assert_int_equal(chip.target.size_ground, GROUND_CHIP);
    assert_int_equal(chip.target.banks, 1);
    assert_int_equal(chip.target.readout, READOUT_LEVEL_0);
    assert_int_equal(chip.target.protected_count, 0);
    assert_true(chip.target.protection_known && chip.target.layout_sure);
    assert_int_equal(chip.target.note_count, 0);
    assert_int_equal(number_at(&chip, 0x0800F800, 0x800), 31);
    assert_false(has_page(&chip, 0x08010000));
    assert_int_equal(chip.bytes_read, 2 * (2 + 0x28)); // each twice
}

// F103C8: half of them have a second half that works.
static void the_largest_chip_stands_for_an_impossible_register(void **state)
{
    static const uint32_t contents[] = {0xFFFF, 0, 256};
    (void)state;

    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        struct asked_chip chip = asked_chip_of("f10medium");
        asked_chip_put(&chip, 0x1FFFF7E0, contents[i]);
        asked_chip_ask(&chip, NULL);
        assert_int_equal(chip.target.layout.flash.size, 0x20000);
        assert_int_equal(chip.target.size_ground, GROUND_ROW);
        assert_true(notes(&chip, "which is no size of STM32F10xxx Medium-density"));
    }
}

static void the_smaller_of_name_and_register_counts(void **state)
{
    struct asked_chip chip = asked_chip_of("f10medium");

    (void)state;
    asked_chip_put(&chip, 0x1FFFF7E0, 128);
    asked_chip_ask(&chip, "STM32F103C8T6");
    assert_int_equal(chip.target.layout.flash.size, 0x10000);
    assert_int_equal(chip.target.size_ground, GROUND_NAME);
    assert_true(notes(&chip, "--device tells 64 KB, the chip 128 KB"));
    target_take_largest(&chip.target);
    assert_int_equal(chip.target.layout.flash.size, 0x20000);
    asked_chip_put(&chip, 0x1FFFF7E0, 64);
    asked_chip_ask(&chip, "STM32F103CBT6");
    assert_int_equal(chip.target.layout.flash.size, 0x10000);
    assert_int_equal(chip.target.size_ground, GROUND_CHIP);
    asked_chip_ask(&chip, "STM32F103xB"); // a macro tells no size
    assert_int_equal(chip.target.named_kb, 0);
    assert_int_equal(chip.target.note_count, 0);
    chip.refuses_all = true;
    asked_chip_ask(&chip, "f103c8");
    assert_int_equal(chip.target.layout.flash.size, 0x10000);
}

static void one_bank_has_larger_pages(void **state)
{
    struct asked_chip chip = asked_chip_of("g47");

    (void)state;
    asked_chip_put(&chip, SIZE_L4, 512);
    asked_chip_put(&chip, OPTR, 0xFFFFF8AA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.banks, 2);
    assert_int_equal(number_at(&chip, 0x08040000, 0x800), 128);
    asked_chip_put(&chip, OPTR, 0xFFFFF8AA & ~0x400000u); // DBANK = 0
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.banks, 1);
    assert_int_equal(number_at(&chip, 0x08010000, 0x1000), 16);
    assert_int_equal(number_at(&chip, 0x08040000, 0x1000), 64);
    target_take_largest(&chip.target); // the option bits stay
    assert_int_equal(number_at(&chip, 0x08010000, 0x1000), 16);
}

static void the_banks_of_a_small_chip_may_have_a_gap(void **state)
{
    struct asked_chip chip = asked_chip_of("g47");

    (void)state;
    asked_chip_put(&chip, SIZE_L4, 256);
    asked_chip_put(&chip, OPTR, 0xFFFFF8AA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(number_at(&chip, 0x0801F800, 0x800), 63);
    assert_false(has_page(&chip, 0x08020000));
    assert_int_equal(number_at(&chip, 0x08040000, 0x800), 128);
    assert_false(has_page(&chip, 0x08060000));
}

static void pages_without_a_published_number_cannot_be_erased(void **state)
{
    struct asked_chip chip = asked_chip_of("u575");

    (void)state;
    asked_chip_put(&chip, 0x0BFA07A0, 1024);
    asked_chip_put(&chip, 0x40022040, 0x1FEFF8AA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.layout.flash.size, 0x100000);
    assert_true(has_page(&chip, 0x0807E000));
    assert_false(has_page(&chip, 0x08080000));
    assert_true(notes(&chip, "bank 2 cannot be erased"));
    asked_chip_put(&chip, 0x40022040, 0x1FEFF8AA & ~0x200000u); // DUALBANK = 0
    asked_chip_ask(&chip, NULL);
    assert_int_equal(number_at(&chip, 0x08080000, 0x2000), 64);
}

static void option_bits_lay_out_each_line(void **state)
{
    static const struct {
        const char *slug;
        uint32_t size_at, kb, bits_at, bits, address, page, number;
    } cases[] = {
        {"l4r", SIZE_L4, 2048, 0x1FF00000, 0xFFFFF8AA, 0x08100000, 0x1000, 256},
        {"l4r", SIZE_L4, 2048, 0x1FF00000, 0xFFBFF8AA, 0x08100000, 0x2000, 128},
        {"l4r", SIZE_L4, 1024, 0x1FF00000, 0xFFDFF8AA, 0x08080000, 0x2000, 64},
        {"f42", 0x1FFF7A20, 1024u << 16, 0x1FFFC008, 0x0FFF, 0x08080000, 0x20000, 8},
        {"f42", 0x1FFF7A20, 1024u << 16, 0x1FFFC008, 0x4FFF, 0x08080000, 0x4000, 12},
        {"f76", 0x1FF0F442, 2048, 0x1FFF0008, 0x3FFF, 0x08100000, 0x40000, 8},
        {"f76", 0x1FF0F442, 2048, 0x1FFF0008, 0x1FFF, 0x08100000, 0x4000, 12},
        {"l47", SIZE_L4, 512, OPTR, 0xFFFFF8AA, 0x08040000, 0x800, 256},
        {"l47", SIZE_L4, 512, OPTR, 0xFFDFF8AA, 0x08040000, 0x800, 128},
        {"g0b1", SIZE_L4, 512, OPTR, 0xDFDFE1AA, 0x08040000, 0x800, 128},
        {"l5", 0x0BFA05E0, 512, 0x40022040, 0x7FAFF8AA, 0x08040000, 0x1000, 64},
        {"h743", 0x1FF1E880, 1024, 0x5200201C, 0x1BC6AAF0, 0x08100000, 0x20000, 8},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked_chip chip = asked_chip_of(cases[i].slug);
        asked_chip_put(&chip, cases[i].size_at, cases[i].kb);
        asked_chip_put(&chip, cases[i].bits_at, cases[i].bits);
        asked_chip_ask(&chip, NULL);
        assert_true(chip.target.layout_sure);
        assert_int_equal(number_at(&chip, cases[i].address, cases[i].page), cases[i].number);
    }
}

static void a_size_without_a_layout_is_not_guessed(void **state)
{
    struct asked_chip chip = asked_chip_of("l47");

    (void)state;
    asked_chip_put(&chip, SIZE_L4, 768);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.size_ground, GROUND_ROW);
    assert_true(notes(&chip, "768 (0x300), which is no size of STM32L47xxx/48xxx"));
    chip = asked_chip_of("f42");
    asked_chip_put(&chip, 0x1FFF7A20, 512u << 16);
    asked_chip_put(&chip, 0x1FFFC008, 0x4FFF); // DB1M, which is for 1 MB
    asked_chip_ask(&chip, NULL);
    assert_false(has_page(&chip, 0x08000000) || chip.target.layout_sure);
    assert_int_equal(chip.target.flash_kb, 512);
    assert_true(notes(&chip, "how its option bits lay out 512 KB"));
    asked_chip_put(&chip, 0x1FFFC008, 0x0FFF);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(number_at(&chip, 0x08060000, 0x20000), 7);
}

// A wrong guess of the numbers would erase the other bank.
static void no_page_of_swapped_banks_can_be_erased(void **state)
{
    struct asked_chip chip = asked_chip_of("u575");

    (void)state;
    asked_chip_put(&chip, 0x0BFA07A0, 2048);
    asked_chip_put(&chip, 0x40022040, 0x1FEFF8AA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.swapped, WHETHER_NO);
    assert_true(has_page(&chip, 0x08000000));
    asked_chip_put(&chip, 0x40022040, 0x1FFFF8AA);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.swapped, WHETHER_YES);
    assert_int_equal(chip.target.layout.flash.size, 0x200000);
    assert_false(has_page(&chip, 0x08000000));
    assert_true(notes(&chip, "no page can be erased"));
    target_take_largest(&chip.target);
    assert_false(has_page(&chip, 0x08000000));
}

static void a_layout_that_cannot_be_asked_is_said(void **state)
{
    struct asked_chip chip = asked_chip_of("g47");

    (void)state;
    asked_chip_put(&chip, SIZE_L4, 512);
    chip.refused = OPTR;
    asked_chip_ask(&chip, NULL);
    assert_false(chip.target.layout_sure);
    assert_true(notes(&chip, "DBANK is not readable"));
    assert_false(chip.target.protection_known);
    assert_int_equal(chip.target.readout, READOUT_UNKNOWN);
}

static void a_rom_that_refuses_everything_is_no_problem(void **state)
{
    struct asked_chip chip = asked_chip_of("f405");

    (void)state;
    chip.refuses_all = true;
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.layout.flash.size, 0x100000);
    assert_int_equal(chip.target.readout, READOUT_UNKNOWN);
    assert_true(notes(&chip, "as it does under readout protection"));
    chip.is_gone = true;
    assert_int_equal(target_ask(&chip.target, NULL, &chip.problem), EXIT_FAILED);
}

// The ROM of the F4 takes a read of the block around the register; where one does not, the next
// area of the row is asked for.
static void the_next_area_is_asked_where_one_is_refused(void **state)
{
    struct asked_chip chip = asked_chip_of("f405");

    (void)state;
    asked_chip_put(&chip, 0x1FFF7A20, 512u << 16);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.layout.flash.size, 0x80000);
    assert_int_equal(chip.bytes_read, 2 * (0x24 + 10));
    chip.refused = 0x1FFF7A00;
    chip.bytes_read = 0;
    asked_chip_ask(&chip, NULL);
    assert_int_equal(chip.target.layout.flash.size, 0x80000);
    assert_int_equal(chip.bytes_read, 2 * (2 + 10));
}

static void readout_protection_has_levels(void **state)
{
    static const struct {
        const char *slug;
        uint32_t address, value;
        enum readout_level level;
    } cases[] = {
        {"f10medium", 0x1FFFF800, 0xA5, READOUT_LEVEL_0},
        {"f10medium", 0x1FFFF800, 0x00, READOUT_LEVEL_1},
        {"f072", 0x1FFFF800, 0xCC, READOUT_LEVEL_2},
        {"f405", 0x1FFFC000, 0xAAEF, READOUT_LEVEL_0},
        {"f405", 0x1FFFC000, 0x55EF, READOUT_LEVEL_1},
        {"u575", 0x40022040, 0x1FEFF855, READOUT_LEVEL_HALF},
        {"h563", 0x40022050, 0xED00, READOUT_LEVEL_0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked_chip chip = asked_chip_of(cases[i].slug);
        asked_chip_put(&chip, cases[i].address, cases[i].value);
        asked_chip_ask(&chip, NULL);
        assert_int_equal(chip.target.readout, cases[i].level);
    }
}

static void write_protection_names_ranges(void **state)
{
    static const struct {
        const char *slug;
        uint32_t address, value, mode_at, mode, start, size;
    } cases[] = {
        {"f10medium", 0x1FFFF808, 0xFFFFFFFB, 0, 0, 0x08002000, 0x1000},
        {"f10high", 0x1FFFF80C, 0xFF7FFFFF, 0, 0, 0x0801F000, 0x61000}, // the rest
        {"f405", 0x1FFFC008, 0xFFF3, 0, 0, 0x08008000, 0x8000},
        {"f411", 0x1FFFC008, 0x7FFE, 0, 0, 0x08000000, 0x4000},
        {"f411", 0x1FFFC008, 0x8010, 0, 0, 0x08010000, 0x10000}, // PCROP
        {"f413", 0x1FFFC008, 0x3FFF, 0, 0, 0x08140000, 0x40000}, // sectors 14 and 15
        {"g07", OPTR + 0x18, 0x00050002, OPTR + 0x20, NO_AREA, 0x08001000, 0x2000},
        {"h723", 0x52002038, 0xFFFFFFFD, 0, 0, 0x08020000, 0x20000},
        {"l05", 0x1FF80008, 0xFFFD0002, 0x1FF80000, 0xFF5500AA, 0x08001000, 0x1000},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked_chip chip = asked_chip_of(cases[i].slug);
        asked_chip_put(&chip, cases[i].address, cases[i].value);
        asked_chip_put(&chip, cases[i].mode_at ? cases[i].mode_at : cases[i].address,
                       cases[i].mode_at ? cases[i].mode : cases[i].value);
        if (strcmp(cases[i].slug, "l05") == 0) {
            asked_chip_put(&chip, 0x1FF8000C, 0xFFFF0000); // nothing of the upper half
        }
        asked_chip_ask(&chip, NULL);
        assert_int_equal(chip.target.protected_count, 1);
        assert_int_equal(chip.target.protected[0].start, cases[i].start);
        assert_int_equal(chip.target.protected[0].size, cases[i].size);
    }
}

static void protected_pages_are_refused_by_name(void **state)
{
    static const struct region pages[] = {
        {"page", 0x08000000, 0x4000}, {"page", 0x08008000, 0x4000}, {"page", 0x0800C000, 0x4000}};
    struct asked_chip chip = asked_chip_of("f405");

    (void)state;
    asked_chip_put(&chip, 0x1FFFC008, 0xFFF3);
    asked_chip_ask(&chip, NULL);
    assert_int_equal(target_require_unprotected(&chip.target, pages, 1, &chip.problem), 0);
    assert_int_equal(target_require_unprotected(&chip.target, pages, 3, &chip.problem),
                     EXIT_REFUSED);
    assert_string_equal(chip.problem.what,
                        "chip at here: 2 pages from 0x08008000 to 0x0800FFFF are write "
                        "protected (nWRP): nothing was erased");
}

// Whatever the row says that the ROM lets be read, it fits the places for it.
static void every_row_can_be_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        struct asked_chip chip = asked_chip_of(devices[i].slug);
        asked_chip_ask(&chip, NULL);
        assert_true(chip.target.protected_count < TARGET_RANGES);
        for (const struct read_area *area = devices[i].readable; area->size; area++) {
            assert_true(area->size <= FLASH_STATE_BYTES);
            assert_true(area - devices[i].readable < FLASH_STATE_AREAS);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_size_register_decides),
        cmocka_unit_test(the_largest_chip_stands_for_an_impossible_register),
        cmocka_unit_test(the_smaller_of_name_and_register_counts),
        cmocka_unit_test(one_bank_has_larger_pages),
        cmocka_unit_test(the_banks_of_a_small_chip_may_have_a_gap),
        cmocka_unit_test(pages_without_a_published_number_cannot_be_erased),
        cmocka_unit_test(option_bits_lay_out_each_line),
        cmocka_unit_test(a_size_without_a_layout_is_not_guessed),
        cmocka_unit_test(no_page_of_swapped_banks_can_be_erased),
        cmocka_unit_test(a_layout_that_cannot_be_asked_is_said),
        cmocka_unit_test(a_rom_that_refuses_everything_is_no_problem),
        cmocka_unit_test(the_next_area_is_asked_where_one_is_refused),
        cmocka_unit_test(readout_protection_has_levels),
        cmocka_unit_test(write_protection_names_ranges),
        cmocka_unit_test(protected_pages_are_refused_by_name),
        cmocka_unit_test(every_row_can_be_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
