// target_report.c: names and versions of a target.
// SPDX-License-Identifier: MIT
#include "target_report.h"

#include "json_value.h"
#include "rom_version_text.h"

#include <stdio.h>

void target_report_json(json_t *object, const struct target *target)
{
    const struct device *device = target->device;
    char version[ROM_VERSION_TEXT_BYTES], protocol[ROM_VERSION_TEXT_BYTES];
    uint8_t id = target->rom_id;
    uint16_t product = target_product(target);

    rom_version_text(target->bootloader->protocol_version, protocol);
    json_object_set_new(object, "device", device ? json_value_string(device->slug) : json_null());
    json_object_set_new(object, "name", device ? json_value_string(device->name) : json_null());
    json_object_set_new(object, "product", product ? json_value_hex(product, 3) : json_null());
    json_object_set_new(object, "protocol", json_value_string(protocol));
    json_object_set_new(object, "rom_id", id ? json_value_hex(id, 2) : json_null());
    json_object_set_new(object, "rom_version",
                        id ? json_value_string(rom_version_text(id, version)) : json_null());
}

const char *target_report_name(const struct target *target, char text[TARGET_REPORT_NAME_BYTES])
{
    if (target->device) {
        snprintf(text, TARGET_REPORT_NAME_BYTES, "%s (%s)", target->device->name,
                 target->device->slug);
    } else {
        snprintf(text, TARGET_REPORT_NAME_BYTES, "not in the device table");
    }
    return text;
}
