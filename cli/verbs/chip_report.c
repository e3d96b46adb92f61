// chip_report.c: prints which chip answers, its flash and its protection.
// SPDX-License-Identifier: MIT
#include "chip_report.h"

#include "json_value.h"
#include "rom_version_text.h"

#include <stdio.h>

enum { KB = 1024 };

static const char *const readout_texts[] = {
    [LIBBOOTLEAP_READOUT_UNKNOWN] = "unknown",      [LIBBOOTLEAP_READOUT_LEVEL_0] = "level 0",
    [LIBBOOTLEAP_READOUT_LEVEL_HALF] = "level 0.5", [LIBBOOTLEAP_READOUT_LEVEL_1] = "level 1",
    [LIBBOOTLEAP_READOUT_LEVEL_2] = "level 2",
};

const char *chip_report_name(const struct libbootleap_chip *chip, char text[CHIP_REPORT_NAME_BYTES])
{
    if (chip->device) {
        snprintf(text, CHIP_REPORT_NAME_BYTES, "%s (%s)", chip->name, chip->device);
    } else {
        snprintf(text, CHIP_REPORT_NAME_BYTES, "not in the device table");
    }
    return text;
}

void chip_report_identity(json_t *object, const struct libbootleap_chip *chip)
{
    char version[ROM_VERSION_TEXT_BYTES], protocol[ROM_VERSION_TEXT_BYTES];
    uint8_t id = chip->rom_id;

    rom_version_text(chip->protocol, protocol);
    json_object_set_new(object, "port", json_value_string(chip->port));
    json_object_set_new(object, "device", chip->device ? json_string(chip->device) : json_null());
    json_object_set_new(object, "name", chip->device ? json_string(chip->name) : json_null());
    json_object_set_new(object, "product",
                        chip->product ? json_value_hex(chip->product, 3) : json_null());
    json_object_set_new(object, "protocol", json_string(protocol));
    json_object_set_new(object, "rom_id", id ? json_value_hex(id, 2) : json_null());
    json_object_set_new(object, "rom_version",
                        id ? json_string(rom_version_text(id, version)) : json_null());
}

static void print_flash(const struct libbootleap_chip *chip)
{
    static const char *const grounds[] = {[LIBBOOTLEAP_GROUND_TABLE] = "up to ",
                                          [LIBBOOTLEAP_GROUND_NAME] = "by its name ",
                                          [LIBBOOTLEAP_GROUND_CHIP] = ""};
    const char *between = "; pages of";
    uint32_t size = 0;

    printf("flash     0x%08X to 0x%08X, %s%u KB", chip->flash.start,
           chip->flash.start + chip->flash.size - 1, grounds[chip->ground], chip->flash_kb);
    if (chip->banks) {
        printf(" in %u bank%s%s", chip->banks, chip->banks == 1 ? "" : "s",
               chip->swapped == 1 ? ", swapped" : "");
    }
    for (size_t i = 0; i < chip->page_run_count; i++) {
        if (chip->pages[i].size != size) {
            size = chip->pages[i].size;
            printf(size % KB ? "%s %u bytes" : "%s %u KB", between, size % KB ? size : size / KB);
            between = ",";
        }
    }
    putchar('\n');
}

void chip_report_print(const struct libbootleap_chip *chip)
{
    print_flash(chip);
    printf("readout   protection %s\n", readout_texts[chip->readout]);
    for (size_t i = 0; i < chip->write_protected_count; i++) {
        const struct libbootleap_range *range = &chip->write_protected[i];
        printf("protected 0x%08X to 0x%08X against writing (%s)\n", range->start,
               range->start + range->size - 1, range->name);
    }
    if (chip->write_protected_count == 0 && chip->write_protection_known) {
        printf("protected nothing against writing\n");
    }
    for (size_t i = 0; i < chip->note_count; i++) {
        printf("note      %s\n", chip->notes[i]);
    }
}

static json_t *flash_json(const struct libbootleap_chip *chip)
{
    static const char *const grounds[] = {[LIBBOOTLEAP_GROUND_TABLE] = "row",
                                          [LIBBOOTLEAP_GROUND_NAME] = "name",
                                          [LIBBOOTLEAP_GROUND_CHIP] = "chip"};
    json_t *flash = json_object(), *pages = json_array();

    for (size_t i = 0; i < chip->page_run_count; i++) {
        const struct libbootleap_pages *run = &chip->pages[i];
        json_t *one = json_object();
        json_object_set_new(one, "start", json_value_hex(run->start, 8));
        json_object_set_new(one, "first_number", json_integer(run->first_number));
        json_object_set_new(one, "count", json_integer(run->count));
        json_object_set_new(one, "size", json_integer(run->size));
        json_array_append_new(pages, one);
    }
    json_object_set_new(flash, "start", json_value_hex(chip->flash.start, 8));
    json_object_set_new(flash, "size", json_integer(chip->flash.size));
    json_object_set_new(flash, "bytes", json_integer((json_int_t)chip->flash_kb * KB));
    json_object_set_new(flash, "ground", json_string(grounds[chip->ground]));
    json_object_set_new(flash, "banks", chip->banks ? json_integer(chip->banks) : json_null());
    json_object_set_new(flash, "swapped",
                        chip->swapped < 0 ? json_null() : json_boolean(chip->swapped));
    json_object_set_new(flash, "layout_sure", json_boolean(chip->layout_known));
    json_object_set_new(flash, "pages", pages);
    return flash;
}

json_t *chip_report_notes(const struct libbootleap_chip *chip)
{
    json_t *notes = json_array();

    for (size_t i = 0; i < chip->note_count; i++) {
        json_array_append_new(notes, json_value_string(chip->notes[i]));
    }
    return notes;
}

void chip_report_json(json_t *object, const struct libbootleap_chip *chip)
{
    json_t *ranges = json_array();

    for (size_t i = 0; i < chip->write_protected_count; i++) {
        const struct libbootleap_range *range = &chip->write_protected[i];
        json_t *one = json_object();
        json_object_set_new(one, "start", json_value_hex(range->start, 8));
        json_object_set_new(one, "size", json_integer(range->size));
        json_object_set_new(one, "name", json_string(range->name));
        json_array_append_new(ranges, one);
    }
    json_object_set_new(object, "flash", flash_json(chip));
    json_object_set_new(object, "readout_protection",
                        chip->readout == LIBBOOTLEAP_READOUT_UNKNOWN
                            ? json_null()
                            : json_string(readout_texts[chip->readout]));
    json_object_set_new(object, "write_protected", ranges);
    json_object_set_new(object, "write_protection_known",
                        json_boolean(chip->write_protection_known));
    json_object_set_new(object, "notes", chip_report_notes(chip));
}
