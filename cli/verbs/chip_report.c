// chip_report.c: prints what the chip told of its flash.
// SPDX-License-Identifier: MIT
#include "chip_report.h"

#include "json_value.h"

#include <stdio.h>

enum { KB = 1024 };

static const char *const readout_texts[] = {
    [READOUT_UNKNOWN] = "unknown",      [READOUT_LEVEL_0] = "level 0",
    [READOUT_LEVEL_HALF] = "level 0.5", [READOUT_LEVEL_1] = "level 1",
    [READOUT_LEVEL_2] = "level 2",
};

// How many pages of the run lie in the flash of this chip.
static unsigned count_in_flash(const struct target *target, const struct page_run *run)
{
    const struct region *flash = &target->layout.flash;
    uint32_t from = run->start - flash->start, room = from < flash->size ? flash->size - from : 0;
    unsigned most = room / run->size;

    return run->count < most ? run->count : most;
}

static void print_flash(const struct target *target)
{
    static const char *const grounds[] = {
        [GROUND_ROW] = "up to ", [GROUND_NAME] = "by its name ", [GROUND_CHIP] = ""};
    const struct region *flash = &target->layout.flash;
    const char *between = "; pages of";
    uint32_t size = 0;

    printf("flash     0x%08X to 0x%08X, %s%u KB", flash->start, flash->start + flash->size - 1,
           grounds[target->size_ground], target->flash_kb);
    if (target->banks) {
        printf(" in %u bank%s%s", target->banks, target->banks == 1 ? "" : "s",
               target->swapped == WHETHER_YES ? ", swapped" : "");
    }
    for (const struct page_run *run = target->layout.pages; run->count; run++) {
        if (run->size != size && count_in_flash(target, run)) {
            size = run->size;
            printf(size % KB ? "%s %u bytes" : "%s %u KB", between, size % KB ? size : size / KB);
            between = ",";
        }
    }
    putchar('\n');
}

void chip_report_print(const struct target *target)
{
    print_flash(target);
    printf("readout   protection %s\n", readout_texts[target->readout]);
    for (size_t i = 0; i < target->protected_count; i++) {
        const struct region *range = &target->protected[i];
        printf("protected 0x%08X to 0x%08X against writing (%s)\n", range->start,
               range->start + range->size - 1, range->name);
    }
    if (target->protected_count == 0 && target->protection_known) {
        printf("protected nothing against writing\n");
    }
    for (unsigned i = 0; i < target->note_count; i++) {
        printf("note      %s\n", target->notes[i]);
    }
}

static json_t *flash_json(const struct target *target)
{
    static const char *const grounds[] = {
        [GROUND_ROW] = "row", [GROUND_NAME] = "name", [GROUND_CHIP] = "chip"};
    json_t *flash = json_object(), *pages = json_array();

    for (const struct page_run *run = target->layout.pages; run->count; run++) {
        unsigned count = count_in_flash(target, run);
        if (count == 0) {
            continue;
        }
        json_t *one = json_object();
        json_object_set_new(one, "start", json_value_hex(run->start, 8));
        json_object_set_new(one, "first_number", json_integer(run->first_number));
        json_object_set_new(one, "count", json_integer(count));
        json_object_set_new(one, "size", json_integer(run->size));
        json_array_append_new(pages, one);
    }
    json_object_set_new(flash, "start", json_value_hex(target->layout.flash.start, 8));
    json_object_set_new(flash, "size", json_integer(target->layout.flash.size));
    json_object_set_new(flash, "bytes", json_integer((json_int_t)target->flash_kb * KB));
    json_object_set_new(flash, "ground", json_value_string(grounds[target->size_ground]));
    json_object_set_new(flash, "banks", target->banks ? json_integer(target->banks) : json_null());
    json_object_set_new(flash, "swapped",
                        target->swapped == WHETHER_UNKNOWN
                            ? json_null()
                            : json_boolean(target->swapped == WHETHER_YES));
    json_object_set_new(flash, "layout_sure", json_boolean(target->layout_sure));
    json_object_set_new(flash, "pages", pages);
    return flash;
}

json_t *chip_report_notes(const struct target *target)
{
    json_t *notes = json_array();

    for (unsigned i = 0; i < target->note_count; i++) {
        json_array_append_new(notes, json_value_string(target->notes[i]));
    }
    return notes;
}

void chip_report_json(json_t *object, const struct target *target)
{
    json_t *ranges = json_array();

    for (size_t i = 0; i < target->protected_count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "start", json_value_hex(target->protected[i].start, 8));
        json_object_set_new(one, "size", json_integer(target->protected[i].size));
        json_object_set_new(one, "name", json_value_string(target->protected[i].name));
        json_array_append_new(ranges, one);
    }
    json_object_set_new(object, "flash", flash_json(target));
    json_object_set_new(object, "readout_protection",
                        target->readout == READOUT_UNKNOWN
                            ? json_null()
                            : json_value_string(readout_texts[target->readout]));
    json_object_set_new(object, "write_protected", ranges);
    json_object_set_new(object, "write_protection_known", json_boolean(target->protection_known));
    json_object_set_new(object, "notes", chip_report_notes(target));
}
