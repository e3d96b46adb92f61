// device_lookup.c: finds devices by name, by what a ROM answers, and pages by address.
// SPDX-License-Identifier: MIT
#include "device_typed.h"
#include "devices.h"
#include "flash_layout.h"

#include <ctype.h>
#include <stdint.h>

static size_t fits_list(const char *name, const char *const *patterns)
{
    size_t best = 0;
    for (; *patterns != NULL; patterns++) {
        size_t fit =
            device_same_name(name, *patterns) ? SIZE_MAX : device_pattern_fits(name, *patterns);
        if (fit > best) {
            best = fit;
        }
    }
    return best;
}

static size_t fits_device(const char *name, const struct device *device)
{
    size_t by_part = fits_list(name, device->parts), by_code = fits_list(name, device->codes);
    if (device_same_name(name, device->slug)) {
        return SIZE_MAX;
    }
    return by_part > by_code ? by_part : by_code;
}

static const struct device *find(const char *name)
{
    const struct device *found = NULL;
    size_t best = 0;
    for (size_t i = 0; i < device_count; i++) {
        size_t fit = fits_device(name, &devices[i]);
        if (fit > best) {
            best = fit;
            found = &devices[i];
        }
    }
    return found;
}

// In no name of a part do four digits follow each other: f4055 is f405, mistyped.
static bool is_mistyped(const char *typed)
{
    size_t digits = 0;

    for (const char *letter = typed; *letter != '\0' && digits < 4; letter++) {
        digits = isdigit((unsigned char)*letter) ? digits + 1 : 0;
    }
    return digits == 4;
}

const struct device *device_find(const char *name)
{
    char typed[DEVICE_NAME_BYTES];
    const struct device *found = find(name);

    if (found == NULL) {
        device_typed_name(name, typed);
        found = is_mistyped(typed) ? NULL : find(typed);
    }
    return found;
}

const struct device *device_by_product(uint16_t product, const struct device *after)
{
    size_t first = after == NULL ? 0 : (size_t)(after - devices) + 1;
    for (size_t i = first; i < device_count; i++) {
        if (product != 0 && devices[i].product == product) {
            return &devices[i];
        }
    }
    return NULL;
}

bool device_page(const struct device *device, uint32_t address, unsigned *number,
                 struct region *page)
{
    struct flash_layout layout;

    flash_layout_of_row(&layout, device);
    return flash_layout_page(&layout, address, number, page);
}

bool device_version_in(const uint16_t *versions, uint16_t version)
{
    bool all = *versions == 0;

    while (*versions && *versions != version) {
        versions++;
    }
    return all || *versions;
}

uint16_t device_newest_rom(const struct device *device)
{
    uint16_t newest = 0;

    for (const uint16_t *id = device->rom_ids; *id; id++) {
        newest = *id;
    }
    return newest;
}
