// test_option_plan.c: changed option bytes are right on every row, and what is lost is told.
// SPDX-License-Identifier: MIT
#include "option_loss.h"
#include "option_protect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct bootloader bootloader = {.port = "port"};
static struct target target;
static struct option_bytes option;
static struct option_plan plan;
static struct problem problem;

// Bytes behind which complements stand, of each kind of area.
static const uint32_t units[] = {[OPTION_STORE_BYTE_PAIRS] = 1,
                                 [OPTION_STORE_HALF_WORDS] = 2,
                                 [OPTION_STORE_HALF_WORDS_WHEN_SHOWN] = 2,
                                 [OPTION_STORE_WORDS] = 4,
                                 [OPTION_STORE_READ_ONLY] = 0};

static void set_up(const struct device *device)
{
    target = (struct target){.bootloader = &bootloader, .device = device};
    flash_layout_of_row(&target.layout, device);
    option = (struct option_bytes){.layout = device->option_layout};
    for (const struct option_area *area = option.layout->areas; area->size; area++) {
        struct flash_state_area *one = &option.state.areas[option.state.count++];
        one->start = area->start;
        one->size = area->size;
        uint32_t unit = units[area->store];
        for (uint32_t i = 0; i < area->size; i++) {
            bool behind = unit && i / unit % 2;
            one->bytes[i] = behind ? (uint8_t)~one->bytes[i - unit] : (uint8_t)(i * 37 + 11);
        }
    }
    option_plan_begin(&plan, &target, &option);
}

static void put(const char *name, uint32_t value)
{
    char text[60];

    snprintf(text, sizeof text, "%s=%u", name, (unsigned)value);
    assert_int_equal(option_plan_set_text(&plan, text, &problem), 0);
}

static bool is_writable(const struct option_field *field)
{
    return option_bytes_area(option.layout, field)->store != OPTION_STORE_READ_ONLY;
}

// In what is written each value has its complement behind it, where the area has them.
static void assert_complements(const struct option_area *area, const uint8_t *bytes)
{
    uint32_t unit = units[area->store];

    for (uint32_t i = 0; unit && i + 2 * unit <= area->size; i++) {
        if (i / unit % 2 == 0) {
            assert_int_equal(bytes[i] ^ bytes[i + unit], 0xFF);
        }
    }
}

// All other fields keep their values.
static void assert_only(const struct option_field *changed, uint32_t value)
{
    struct option_bytes after = option;

    option_plan_in_force(&plan, &after.state);
    for (const struct option_field *field = option.layout->fields; field->name; field++) {
        uint32_t was = 0, is = 0;
        assert_true(option_bytes_value(&option, field, &was));
        assert_true(option_bytes_value(&after, field, &is));
        assert_int_equal(is, field == changed ? value : was);
    }
}

// Writing it back writes the bytes that were there.
static void assert_taken_back(const struct option_field *field, uint32_t before)
{
    struct option_bytes now = option;
    struct option_plan back;
    struct flash_state state;

    option_plan_in_force(&plan, &now.state);
    option_plan_begin(&back, &target, &now);
    assert_int_equal(option_plan_set(&back, field, before, &problem), 0);
    option_plan_in_force(&back, &state);
    for (const struct option_field *one = option.layout->fields; one->name; one++) {
        uint32_t was = 0, is = 0;
        option_bytes_value(&option, one, &was);
        assert_true(flash_state_field(&state, one->address, one->mask, &is));
        assert_int_equal(is, was);
    }
}

static void each_field_of_each_row_is_set_alone(void **state)
{
    unsigned fields = 0;
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        const struct option_layout *layout = devices[i].option_layout;
        for (const struct option_field *field = layout ? layout->fields : NULL;
             field && field->name; field++) {
            uint32_t before = 0, value;
            set_up(&devices[i]);
            assert_true(option_bytes_value(&option, field, &before));
            value = before ^ 1;
            if (!is_writable(field)) {
                assert_int_equal(option_plan_set(&plan, field, value, &problem), EXIT_REFUSED);
                continue;
            }
            assert_int_equal(option_plan_set(&plan, field, value, &problem), 0);
            const struct option_area *area = option_bytes_area(layout, field);
            assert_true(option_plan_touches(&plan, area));
            assert_complements(area, option_plan_bytes(&plan, area));
            assert_only(field, value);
            assert_taken_back(field, before);
            fields++;
        }
    }
    assert_true(fields > 1500);
}

// What a change of this kind is refused for, whatever the row.
static void what_can_be_lost_needs_to_be_said(void **state)
{
    static const unsigned losses[] = {
        [OPTION_RISK_FOREVER] = OPTION_LOSS_CHIP_FOREVER,
        [OPTION_RISK_PCROP] = OPTION_LOSS_READING_PAGES,
        [OPTION_RISK_SECURE] = OPTION_LOSS_READING_PAGES,
        [OPTION_RISK_BOOT] = OPTION_LOSS_ROM,
        [OPTION_RISK_BANKS] = OPTION_LOSS_FLASH_LAYOUT,
        [OPTION_RISK_WATCHDOG] = 0,
    };
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        const struct option_layout *layout = devices[i].option_layout;
        for (const struct option_field *field = layout ? layout->fields : NULL;
             field && field->name; field++) {
            uint32_t before = 0;
            set_up(&devices[i]);
            option_bytes_value(&option, field, &before);
            if (field->risk >= sizeof losses / sizeof *losses || losses[field->risk] == 0 ||
                option_plan_set(&plan, field, before ^ 1, &problem)) {
                continue;
            }
            unsigned all = losses[field->risk] | OPTION_LOSS_UNKNOWN_LAYOUT;
            assert_int_equal(option_loss_require(&plan, all & ~losses[field->risk], &problem),
                             EXIT_REFUSED);
            assert_non_null(strstr(problem.what, "Nothing was written"));
            assert_int_equal(option_loss_require(&plan, all, &problem), 0);
        }
    }
}

static void levels_of_readout_protection_lose_different_things(void **state)
{
    (void)state;
    set_up(device_find("f072"));
    option.state.areas[0].bytes[0] = 0xAA;
    put("RDP", 0xBB);
    assert_int_equal(option_loss_of_plan(&plan), OPTION_LOSS_READING_FLASH);
    option_plan_begin(&plan, &target, &option);
    put("RDP", 0xCC);
    assert_int_equal(option_loss_of_plan(&plan), OPTION_LOSS_CHIP_FOREVER);
    option.state.areas[0].bytes[0] = 0xBB;
    option_plan_begin(&plan, &target, &option);
    put("rdp", 0xAA);
    assert_int_equal(option_loss_of_plan(&plan), OPTION_LOSS_ALL_FLASH);
    assert_int_equal(option_plan_set_text(&plan, "RDP=1", &problem), EXIT_USAGE);
    assert_non_null(strstr(problem.try_this, "RDP=0xAA"));
}

static void a_watchdog_is_started_by_0_and_no_longer_by_1(void **state)
{
    (void)state;
    set_up(device_find("g07"));
    option.state.areas[0].bytes[2] = 0xFF;
    put("IWDG_SW", 0);
    assert_int_equal(option_loss_of_plan(&plan), OPTION_LOSS_WATCHDOG);
    option.state.areas[0].bytes[2] = 0x00;
    option_plan_begin(&plan, &target, &option);
    put("IWDG_SW", 1);
    assert_int_equal(option_loss_of_plan(&plan), 0);
}

// The first bytes of an area, before and after a change.
static const struct {
    const char *slug, *change, *field;
    unsigned size;
    uint8_t before[8], after[8];
} writes[] = {
    {"f072", "IWDG_SW=0", "IWDG_SW", 4, {0xAA, 0x55, 0xFF, 0x00}, {0xAA, 0x55, 0xFE, 0x01}},
    {"l07",
     "BOR_LEV=1",
     "BOR_LEV",
     8,
     {0xAA, 0, 0x55, 0xFF, 0x70, 0x80, 0x8F, 0x7F},
     {0xAA, 0, 0x55, 0xFF, 0x71, 0x80, 0x8E, 0x7F}},
    {"g07",
     "nBOOT1=0",
     "nBOOT1",
     8,
     {0xAA, 0xFE, 0xFF, 0xFF, 0x55, 0x01, 0, 0},
     {0xAA, 0xFE, 0xFF, 0xFD, 0x55, 0x01, 0, 0x02}},
    {"f405", "BOR_LEV=1", "BOR_LEV", 4, {0xEF, 0xAA, 0xFF, 0xFF}, {0xE7, 0xAA, 0xFF, 0xFF}},
    {"f74", "BOR_LEV=1", "BOR_LEV", 4, {0xFF, 0xAA, 0x00, 0x55}, {0xF7, 0xAA, 0x08, 0x55}},
    {"h563",
     "BOR_LEV=1",
     "BOR_LEV",
     8,
     {0xF0, 0xED, 1, 2, 9, 9, 9, 9},
     {0xF0, 0xED, 1, 2, 0xF1, 0xED, 1, 2}},
    {"u575", "BOR_LEV=1", "BOR_LEV", 4, {0xAA, 0xF8, 1, 2}, {0xAA, 0xF9, 1, 2}},
};

static void complements_stand_where_the_layout_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        set_up(device_find(writes[i].slug));
        const struct option_field *field = option_bytes_find(target.device, writes[i].field);
        const struct option_area *area = option_bytes_area(option.layout, field);
        memcpy(option.state.areas[area - option.layout->areas].bytes, writes[i].before,
               writes[i].size);
        option_plan_begin(&plan, &target, &option);
        assert_int_equal(option_plan_set_text(&plan, writes[i].change, &problem), 0);
        assert_memory_equal(option_plan_bytes(&plan, area), writes[i].after, writes[i].size);
    }
}

static void wrong_names_and_values_are_refused(void **state)
{
    static const char *const wrong[] = {"nBOOT0",    "=1",        "nBOOT0=",   "nBOOT0=x",
                                        "nBOOT0=2",  "nBOOT0=-1", "nBOOT0= 1", "BOOT9=1",
                                        "nBOOT0=0x", "RDP=256",   "nBOOT0=1x", "RDP=4294967466"};
    (void)state;

    set_up(device_find("g07"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(option_plan_set_text(&plan, wrong[i], &problem), EXIT_USAGE);
    }
    assert_int_equal(plan.count, 0);
    option_plan_set_text(&plan, "BOOT_SEL=1", &problem);
    assert_string_equal(problem.try_this, "nBOOT_SEL");
}

// Neither of two values is taken, also where one is what the chip has.
static void a_name_that_comes_twice_is_refused(void **state)
{
    static const char *const twice[][2] = {{"nBOOT0=0", "nBOOT0=1"}, {"nBOOT0=1", "nboot0=0"}};
    (void)state;

    for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
        set_up(device_find("g07"));
        assert_int_equal(option_plan_set_text(&plan, twice[i][0], &problem), 0);
        assert_int_equal(option_plan_set_text(&plan, twice[i][1], &problem), EXIT_USAGE);
        assert_non_null(strstr(problem.what, "nBOOT0 is there twice"));
    }
}

// What was not read cannot be kept.
static void bytes_that_were_not_read_are_not_written(void **state)
{
    (void)state;
    set_up(device_find("g07"));
    option.state.count = 0;
    option_plan_begin(&plan, &target, &option);
    assert_int_equal(option_plan_set_text(&plan, "nBOOT0=0", &problem), EXIT_REFUSED);
    assert_int_equal(plan.count, 0);
}

static void a_version_that_cannot_write_a_field_is_not_asked_to(void **state)
{
    (void)state;
    set_up(device_find("l43"));
    target.rom_id = 145;
    assert_int_equal(option_plan_set_text(&plan, "PCROP1_STRT=5", &problem), EXIT_REFUSED);
    assert_non_null(strstr(problem.what, "half-words"));
    target.rom_id = 1;
    option_plan_begin(&plan, &target, &option);
    assert_int_equal(option_plan_set_text(&plan, "PCROP1_STRT=5", &problem), 0);
}

static void protects(const char *slug, uint32_t start, uint32_t size, uint32_t from, uint32_t end)
{
    const struct device *device = device_find(slug);
    const struct region range = {"", start, size};
    struct region found[8];
    bool known;

    set_up(device);
    const struct write_protection *one = device->write_protections;
    while (one->name) {
        one++;
    }
    while (one-- != device->write_protections) {            // of two at one place the first counts
        for (unsigned i = 0; i < option.state.count; i++) { // nothing is protected
            struct flash_state_area *area = &option.state.areas[i];
            uint32_t offset = one->address - area->start;
            if (offset < area->size) {
                memset(area->bytes + offset, 0, 4);
                uint32_t mask = one->kind == PROTECTION_AREA ? one->start_mask
                                : one->protects              ? 0
                                                             : 0xFFFFFFFF;
                memcpy(area->bytes + offset, &mask, 4);
            }
        }
    }
    option_plan_begin(&plan, &target, &option);
    assert_int_equal(option_protect_range(&plan, &range, &problem), 0);
    assert_int_equal(option_protect_after(&plan, found, 8, &known), 1);
    assert_int_equal(found[0].start, from);
    assert_int_equal(found[0].start + found[0].size, end);
    assert_int_equal(option_loss_of_plan(&plan) & ~(unsigned)OPTION_LOSS_UNKNOWN_LAYOUT,
                     OPTION_LOSS_WRITING_PAGES);
}

static void pages_of_a_range_are_protected(void **state)
{
    (void)state;
    protects("g07", 0x08000800, 0x1001, 0x08000800, 0x08002000);  // an area
    protects("f405", 0x08004000, 1, 0x08004000, 0x08008000);      // a bit
    protects("l07", 0x08000000, 0x1001, 0x08000000, 0x08002000);  // a bit for 32 pages
    protects("f10medium", 0x08000000, 1, 0x08000000, 0x08001000); // a bit for four
    protects("u575", 0x08100000, 0x2000, 0x08100000, 0x08102000); // bank 2
    protects("u575", 0x08000000, 0x2000, 0x08000000, 0x08002000);
}

static void a_range_outside_the_flash_is_no_range(void **state)
{
    static const struct region wrong[] = {
        {"", 0x20000000, 16}, {"", 0x08000000, 0}, {"", 0x0801F000, 0x2000}, {"", 0x07FFFFFF, 2}};
    (void)state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        set_up(device_find("g07"));
        assert_int_equal(option_protect_range(&plan, &wrong[i], &problem), EXIT_USAGE);
    }
}

// The G07 has two areas.
static void areas_run_out(void **state)
{
    static const struct region range = {"", 0x08000000, 0x800};
    (void)state;

    set_up(device_find("g07"));
    memset(option.state.areas[0].bytes + 0x18, 0, 16); // both protect page 0
    option_plan_begin(&plan, &target, &option);
    assert_int_equal(option_protect_range(&plan, &range, &problem), EXIT_REFUSED);
    assert_non_null(strstr(problem.what, "in use"));
    assert_int_equal(option_protect_none(&plan, &problem), 0);
    assert_int_equal(plan.count, 2);
    assert_int_equal(option_loss_of_plan(&plan), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_of_each_row_is_set_alone),
        cmocka_unit_test(what_can_be_lost_needs_to_be_said),
        cmocka_unit_test(levels_of_readout_protection_lose_different_things),
        cmocka_unit_test(a_watchdog_is_started_by_0_and_no_longer_by_1),
        cmocka_unit_test(complements_stand_where_the_layout_says),
        cmocka_unit_test(wrong_names_and_values_are_refused),
        cmocka_unit_test(a_name_that_comes_twice_is_refused),
        cmocka_unit_test(bytes_that_were_not_read_are_not_written),
        cmocka_unit_test(a_version_that_cannot_write_a_field_is_not_asked_to),
        cmocka_unit_test(pages_of_a_range_are_protected),
        cmocka_unit_test(a_range_outside_the_flash_is_no_range),
        cmocka_unit_test(areas_run_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
