// report.c: names and JSON of a ROM.
// SPDX-License-Identifier: MIT
#include "report.h"

#include <stdio.h>

enum { HEX_BYTES = 16 };

json_t *report_hex(unsigned value, int digits)
{
    char text[HEX_BYTES];

    snprintf(text, sizeof text, "0x%0*X", digits, value);
    return json_string(text);
}

json_t *report_text(const char *text)
{
    return text[0] == '\0' ? json_null() : json_string(text);
}

json_t *report_texts(const char *const *texts)
{
    json_t *array = json_array();
    for (; *texts != NULL; texts++) {
        json_array_append_new(array, json_string(*texts));
    }
    return array;
}

void report_add_rom(json_t *object, const struct rom *rom)
{
    const struct device *device = rom->device;
    char version[REPORT_VERSION_BYTES], protocol[REPORT_VERSION_BYTES];

    report_version(rom->protocol.version, protocol);
    json_object_set_new(object, "device", device ? json_string(device->slug) : json_null());
    json_object_set_new(object, "name", device ? json_string(device->name) : json_null());
    json_object_set_new(object, "product", report_hex(rom->product, 3));
    json_object_set_new(object, "protocol", json_string(protocol));
    json_object_set_new(object, "rom_id", rom->id ? report_hex(rom->id, 2) : json_null());
    json_object_set_new(object, "rom_version",
                        rom->id ? json_string(report_version(rom->id, version)) : json_null());
}

const char *report_name(const struct rom *rom, char text[REPORT_NAME_BYTES])
{
    if (rom->device) {
        snprintf(text, REPORT_NAME_BYTES, "%s (%s)", rom->device->name, rom->device->slug);
    } else {
        snprintf(text, REPORT_NAME_BYTES, "not in the device table");
    }
    return text;
}

const char *report_version(uint16_t id, char text[REPORT_VERSION_BYTES])
{
    if (id) {
        snprintf(text, REPORT_VERSION_BYTES, "V%u.%u", (unsigned)id >> 4, id & 15u);
    } else {
        snprintf(text, REPORT_VERSION_BYTES, "unknown");
    }
    return text;
}

void report_json(json_t *value)
{
    json_dumpf(value, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(value);
}
