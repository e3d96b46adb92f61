// test_image_fit.c: data beside the flash, and raw binaries that were linked for another place.
// SPDX-License-Identifier: MIT
#include "image_check.h"
#include "image_fit.h"
#include "memory_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 8 };

// An image of `count` segments of 4 bytes, which image_close() frees.
static struct image image_of(const uint32_t *addresses, size_t count)
{
    struct image image = {.format = IMAGE_HEX, .count = count};

    image.segments = calloc(count, sizeof *image.segments);
    assert_non_null(image.segments);
    for (size_t i = 0; i < count; i++) {
        image.segments[i] = (struct segment){addresses[i], 4, calloc(1, 4)};
        assert_non_null(image.segments[i].bytes);
    }
    return image;
}

static void assert_name(const char *slug, uint32_t address, const char *name)
{
    const char *found = memory_name(device_find(slug), address);

    if (name) {
        assert_non_null(found);
        assert_string_equal(found, name);
    } else {
        assert_null(found);
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_name("g07", 0x1FFF7800, "option bytes");
    assert_name("g07", 0x1FFF7000, "OTP");
    assert_name("g07", 0x1FFF0000, "system memory (the ROM)");
    assert_name("g07", 0x20000000, "RAM");
    assert_name("g07", 0x08020000, NULL); // behind the end of the flash
    assert_name("g07", 0x90000000, "external flash (QUADSPI or OCTOSPI)");
    assert_name("g07", 0, "the alias of the boot memory at 0");
    assert_name("l07", 0x08080000, "data EEPROM");
    assert_name("f405", 0x10000000, "RAM");
    assert_name("f405", 0x40024000, "backup SRAM");
    assert_name("f405", 0x40020000, "registers of peripherals");
    assert_name("f405", 0xE000ED08, "registers of the core");
    assert_name("h723", 0x00000000, "RAM"); // ITCM
    assert_name("h723", 0x70000000, "external memory (OCTOSPI or FMC)");
    assert_name("f74", 0x00200000, "the flash, as another bus sees it");
    assert_name("u575", 0x0C000000, "the secure alias of the flash (TrustZone)");
    assert_name("u575", 0xC0000000, "external memory");
    assert_name("wb05", 0x08000000, "where other parts have flash");
}

static void test_what_is_for_another_memory_is_left_out(void **state)
{
    static const uint32_t addresses[] = {0x08000100, 0x1FFF7800, 0x20000000, 0x20000100};
    struct image image = image_of(addresses, 4);
    struct image_wish wish = {0};
    struct problem problem;
    (void)state;

    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "4 bytes for 0x1FFF7800, option bytes: outside the flash of "
                                      "STM32G07xxx/08xxx, 0x08000000 to 0x0801FFFF");
    assert_non_null(strstr(problem.try_this, "--only-flash"));
    wish.only_flash = true;
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0); // and again
    assert_int_equal(image.count, 1);
    assert_int_equal(image.segments[0].address, 0x08000100);
    assert_int_equal(image.note_count, 2);
    assert_string_equal(image.notes[0].text, "left out: 4 bytes for 0x1FFF7800, option bytes");
    assert_string_equal(image.notes[1].text,
                        "left out: 8 bytes in 2 places from 0x20000000 on, RAM");
    image_close(&image);
}

static void test_more_kinds_than_notes(void **state)
{
    static const uint32_t addresses[] = {0,          0x08000000, 0x1FFF7000, 0x1FFF7800,
                                         0x20000000, 0x40000000, 0x60000000, 0x90000000};
    const struct image_wish wish = {.only_flash = true, .force = true};
    struct image image = image_of(addresses, MOST);
    struct problem problem;
    (void)state;

    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0);
    assert_int_equal(image.count, 1);
    assert_int_equal(image.note_count, 6);
    assert_string_equal(image.notes[5].text,
                        "left out: 8 bytes in 2 places from 0x60000000 on, and other memories");
    image_close(&image);
}

static void test_what_only_flash_does_not_leave_out(void **state)
{
    static const uint32_t behind[] = {0x08000100, 0x08020000}, into[] = {0x07FFFFFE},
                          nothing[] = {0x20000000};
    const struct image_wish wish = {.only_flash = true};
    struct problem problem;
    (void)state;

    struct image image = image_of(behind, 2);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "too large"));
    image_close(&image);
    image = image_of(into, 1);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "outside the flash"));
    image_close(&image);
    image = image_of(nothing, 1);
    assert_int_equal(
        image_check(device_find("g07"), &device_find("g07")->flash, &image, true, &problem),
        EXIT_USAGE);
    assert_null(strstr(problem.try_this, "--only-flash"));
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "nothing for the flash"));
    image_close(&image);
}

// An application of `size` bytes for `address`: its handlers are functions, the rest looks like
// none.
static struct image binary_for(uint32_t address, uint32_t size)
{
    static const uint32_t offsets[] = {0x45, 0x61, 0x81, 0x9D, 0xB1, 0x101, 0x2C1};
    static const uint16_t begins[] = {0xB510, 0x4803, 0xE7FE, 0xB672, 0xF3EF, 0xE92D, 0xB082};
    struct image image = image_of(&address, 1);
    uint8_t *bytes = realloc(image.segments[0].bytes, size);

    assert_non_null(bytes);
    memset(bytes, 0xFF, size);
    for (size_t i = 0; i < 16; i++) {
        const uint32_t handler = i ? address + offsets[i % 7] : 0x20001000;
        memcpy(bytes + 4 * i, &handler, 4); // this host is little-endian too
    }
    for (size_t i = 0; i < 7; i++) {
        memcpy(bytes + offsets[i] - 1, &begins[i], 2);
    }
    image.segments[0].bytes = bytes;
    image.segments[0].size = size;
    image.format = IMAGE_BINARY;
    return image;
}

static void test_where_a_binary_was_linked(void **state)
{
    static const uint32_t places[] = {0x08000200, 0x08001800, 0x08004000, 0x0800C000, 0x0801F000};
    struct image_wish wish = {0};
    struct problem problem;
    char advice[64];
    (void)state;

    for (size_t i = 0; i < 10; i++) { // small files, and some that reach over their place
        struct image image = binary_for(places[i % 5], i < 5 ? 0x400 : 0x1000);
        assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
        snprintf(advice, sizeof advice, "--address 0x%08X; --address 0x08000000 --force,",
                 (unsigned)places[i % 5]);
        assert_non_null(strstr(problem.try_this, advice));
        image_close(&image);
    }
    struct image image = binary_for(0x08000000, 0x400);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0);
    image_close(&image);
    image = binary_for(0x08004000, 0x8000); // said to belong to the start, with --address
    image.segments[0].address = 0x08000000;
    wish.has_address = true;
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0);
    image_close(&image);
}

static void test_a_text_is_no_firmware(void **state)
{
    const uint32_t start = 0x08000000;
    struct image image = image_of(&start, 1);
    struct image_wish wish = {0};
    struct problem problem;
    (void)state;

    image.format = IMAGE_BINARY;
    image.text = true;
    image.segments[0].bytes = realloc(image.segments[0].bytes, 8);
    image.segments[0].size = 8;
    memcpy(image.segments[0].bytes, "{\"a\": 1}", 8);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_string_equal(problem.what, "this is a text, not firmware");
    wish.force = true; // data of an application may be a text
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), 0);
    image.text = wish.force = false;
    memset(image.segments[0].bytes, 0xFF, 8);
    assert_int_equal(image_fit(device_find("g07"), &image, &wish, &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.what, "there is none, only bytes 0xFF"));
    image_close(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_what_is_for_another_memory_is_left_out),
        cmocka_unit_test(test_more_kinds_than_notes),
        cmocka_unit_test(test_what_only_flash_does_not_leave_out),
        cmocka_unit_test(test_where_a_binary_was_linked),
        cmocka_unit_test(test_a_text_is_no_firmware),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
