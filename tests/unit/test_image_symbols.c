// test_image_symbols.c: the function that an address is in, in tables as compilers make them.
// SPDX-License-Identifier: MIT
#include "image_symbols.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { SECTION_END = 0x08001000 };

static struct symbol function(const char *name, uint32_t address, uint32_t size)
{
    return (struct symbol){.name = (char *)name,
                           .address = address,
                           .size = size,
                           .kind = SYMBOL_FUNCTION,
                           .room = SECTION_END - address};
}

static struct symbol label(const char *name, uint32_t address)
{
    struct symbol symbol = function(name, address, 0);

    symbol.kind = SYMBOL_LABEL;
    return symbol;
}

static const char *at(struct symbol *symbols, size_t count, uint32_t address)
{
    struct image image = {.symbols = symbols, .symbol_count = count};
    const struct symbol *symbol = image_function_at(&image, address);

    return symbol ? symbol->name : "none";
}

static void an_address_belongs_to_the_function_that_covers_it(void **state)
{
    struct symbol symbols[] = {function("second", 0x08000110, 8),
                               function("first", 0x08000100, 16),
                               {.name = "table", .address = 0x08000100, .size = 64}};
    (void)state;

    assert_string_equal(at(symbols, 3, 0x08000100), "first");
    assert_string_equal(at(symbols, 3, 0x0800010F), "first"); // with the Thumb bit
    assert_string_equal(at(symbols, 3, 0x08000110), "second");
    assert_string_equal(at(symbols, 3, 0x08000116), "second");
    assert_string_equal(at(symbols, 3, 0x08000118), "none");
    assert_string_equal(at(symbols, 3, 0x080000FE), "none");
    assert_string_equal(at(symbols, 0, 0x08000100), "none");
}

static void a_label_inside_a_function_is_not_a_function(void **state)
{
    struct symbol symbols[] = {label("loop", 0x08000108), function("reset", 0x08000100, 32)};
    (void)state;

    assert_string_equal(at(symbols, 2, 0x08000108), "reset");
    assert_string_equal(at(symbols, 2, 0x0800011E), "reset");
    assert_string_equal(at(symbols, 2, 0x08000120), "none"); // the label's function has ended
}

static void assembly_without_sizes_ends_at_the_next_name_or_with_its_section(void **state)
{
    struct symbol symbols[] = {label("start", 0x08000100), label("copy", 0x08000120),
                               function("c_code", 0x08000140, 16)};
    (void)state;

    assert_string_equal(at(symbols, 3, 0x0800011E), "start");
    assert_string_equal(at(symbols, 3, 0x0800013E), "copy");
    assert_string_equal(at(symbols, 3, 0x08000150), "none"); // behind C code: nobody knows
    assert_string_equal(at(symbols, 2, SECTION_END - 2), "copy");
    assert_string_equal(at(symbols, 2, SECTION_END), "none");
}

static void a_handler_that_is_not_weak_stands_for_those_that_share_it(void **state)
{
    struct symbol symbols[] = {function("TIM2_IRQHandler", 0x08000100, 4),
                               function("Default_Handler", 0x08000100, 4),
                               function("TIM3_IRQHandler", 0x08000100, 4)};
    (void)state;

    symbols[0].weak = symbols[2].weak = true;
    assert_string_equal(at(symbols, 3, 0x08000102), "Default_Handler");
}

static void a_copy_has_the_name_that_the_source_gave(void **state)
{
    static const char *const names[][2] = {
        {"HAL_Delay", "HAL_Delay"},        {"send.constprop.0", "send"},
        {"send.part.0.isra.1", "send"},    {"_ZN3USB5beginEv", "_ZN3USB5beginEv"},
        {".hidden.lto_priv.0", ".hidden"},
    };
    char name[IMAGE_NAME_ROOM];
    (void)state;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct symbol symbol = function(names[i][0], 0x08000100, 4);
        image_function_name(&symbol, name);
        assert_string_equal(name, names[i][1]);
    }
}

static void a_place_reads_as_a_name_and_an_offset(void **state)
{
    char longest[2 * IMAGE_NAME_ROOM], place[IMAGE_NAME_ROOM];
    struct symbol symbols[] = {function("HAL_Delay", 0x08000100, 16),
                               function(longest, 0x08000200, 16)};
    struct image image = {.symbols = symbols, .symbol_count = 2};
    (void)state;

    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    image_place(&image, 0x08000101, place);
    assert_string_equal(place, "HAL_Delay");
    image_place(&image, 0x0800010D, place);
    assert_string_equal(place, "HAL_Delay+0xC");
    image_place(&image, 0x0800300D, place);
    assert_string_equal(place, "0x0800300C");
    image_place(&image, 0x0800020C, place); // cut, with its offset
    assert_int_equal(strlen(place), IMAGE_NAME_ROOM - 16 + 4);
    assert_string_equal(place + strlen(place) - 5, "n+0xC");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_belongs_to_the_function_that_covers_it),
        cmocka_unit_test(a_label_inside_a_function_is_not_a_function),
        cmocka_unit_test(assembly_without_sizes_ends_at_the_next_name_or_with_its_section),
        cmocka_unit_test(a_handler_that_is_not_weak_stands_for_those_that_share_it),
        cmocka_unit_test(a_copy_has_the_name_that_the_source_gave),
        cmocka_unit_test(a_place_reads_as_a_name_and_an_offset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
