// test_ordering_codes.c: every ordering code finds its row, and the row covers its memory.
// SPDX-License-Identifier: MIT
//
// ordering-codes.csv has what embassy's chip files say, so this is also a second source for
// product ids, flash and RAM: a row may differ from it where its `differs` names the other id.
#include "device_flash_code.h"
#include "devices.h"
#include "flash_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RAMS = 16 };

// One line of the file.
struct code {
    char name[24];
    char die[8]; // "0x413", as it is written
    uint32_t flash_start, flash_size;
    struct region rams[RAMS]; // terminated by size 0
};

static bool parse(char *line, struct code *code)
{
    char rams[200];
    unsigned long start, size;
    size_t count = 0;

    *code = (struct code){0};
    if (sscanf(line, "%23[^,],%7[^,],%lx,%lx,%199[^\n]", code->name, code->die, &start, &size,
               rams) != 5) {
        return false;
    }
    code->flash_start = (uint32_t)start;
    code->flash_size = (uint32_t)size;
    for (char *at = rams; *at != '\0' && count < RAMS - 1;) {
        start = strtoul(at, &at, 16);
        size = *at == '+' ? strtoul(at + 1, &at, 16) : 0;
        code->rams[count++] = (struct region){"ram", (uint32_t)start, (uint32_t)size};
        at += strspn(at, " ");
    }
    return count != 0;
}

static bool is_named_as_different(const struct device *device, const char *die)
{
    for (const char *const *line = device->differs; *line != NULL; line++) {
        if (strstr(*line, die) != NULL) {
            return true;
        }
    }
    return false;
}

// True if one RAM after the other of the device covers the region.
static bool covered(const struct device *device, const struct region *region)
{
    uint32_t at = region->start, end = region->start + region->size;
    const struct ram *ram = device->rams;

    while (ram->region.size != 0 && at < end) {
        uint32_t ram_end = ram->region.start + ram->region.size;
        bool inside = at >= ram->region.start && at < ram_end;
        at = inside ? ram_end : at;
        ram = inside ? device->rams : ram + 1;
    }
    return at >= end;
}

static bool holds(const struct region *rams, uint32_t address, uint32_t size)
{
    for (; rams->size != 0; rams++) {
        if (address >= rams->start && address - rams->start + size <= rams->size) {
            return true;
        }
    }
    return false;
}

// The letter of the size, and the layout of a chip of that size: a gap between the banks is not
// part of the flash.
static void check_size(const struct device *device, const struct code *code)
{
    unsigned kb = device_flash_kb(device, code->name);

    if (kb != code->flash_size / 1024) {
        fail_msg("%s: its code tells %u KB, the chip file has %u", code->name, kb,
                 code->flash_size / 1024);
    }
    if (!flash_state_kb_is_plausible(device, kb)) {
        fail_msg("%s: %u KB are no size of %s", code->name, kb, device->slug);
    }
}

static void check(const struct code *code)
{
    const struct device *device = device_find(code->name);
    const struct region *flash;

    if (device == NULL) {
        fail_msg("%s is in no row", code->name);
        return;
    }
    if (device->unlisted) {
        return; // nothing is known of it to compare
    }
    if (device->product != strtoul(code->die, NULL, 16) &&
        !is_named_as_different(device, code->die)) {
        fail_msg("%s found %s, product 0x%03X, its die is %s", code->name, device->slug,
                 device->product, code->die);
    }
    flash = &device->flash;
    if (code->flash_start != flash->start || code->flash_size > flash->size) {
        fail_msg("%s: its flash is not that of %s", code->name, device->slug);
    }
    check_size(device, code);
    for (const struct region *ram = code->rams; ram->size != 0; ram++) {
        if (!covered(device, ram)) {
            fail_msg("%s: %s has no RAM at 0x%08X", code->name, device->slug, ram->start);
        }
    }
    if (device->entry == ENTRY_RESET && !device->mark_in_backup &&
        !holds(code->rams, device->mark, 8)) {
        fail_msg("%s: no RAM at the mark of %s, 0x%08X", code->name, device->slug, device->mark);
    }
}

static void every_code_finds_its_row(void **state)
{
    FILE *file = fopen(ORDERING_CODES, "r");
    char line[320];
    struct code code;
    unsigned checked = 0;
    (void)state;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "STM32", 5) == 0) {
            assert_true(parse(line, &code));
            check(&code);
            checked++;
        }
    }
    fclose(file);
    assert_int_equal(checked, 1604);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_code_finds_its_row)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
