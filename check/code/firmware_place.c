// firmware_place.c: tells which function holds an address, and what people call it.
// SPDX-License-Identifier: MIT
#include "firmware.h"

#include <stdio.h>

bool firmware_function(const struct firmware *firmware, uint32_t address, uint32_t *start)
{
    size_t first = 0, end = firmware->start_count;

    address &= ~1u;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (firmware->starts[middle] <= address) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    if (first == 0 || !code_map_is_code(&firmware->map, address)) {
        return false;
    }
    *start = firmware->starts[first - 1];
    return code_map_region(&firmware->map, *start, 2) ==
           code_map_region(&firmware->map, address, 2);
}

void firmware_name(const struct firmware *firmware, uint32_t address, char name[IMAGE_NAME_ROOM])
{
    const struct symbol *symbol = image_function_at(&firmware->image, address);
    uint32_t start;

    if (symbol) {
        image_function_name(symbol, name);
    } else if (firmware_function(firmware, address, &start)) {
        snprintf(name, IMAGE_NAME_ROOM, "sub_%08x", (unsigned)start);
    } else {
        snprintf(name, IMAGE_NAME_ROOM, "0x%08X", (unsigned)(address & ~1u));
    }
}

void firmware_place(const struct firmware *firmware, uint32_t address, char place[IMAGE_NAME_ROOM])
{
    uint32_t start, offset;

    if (image_function_at(&firmware->image, address) ||
        !firmware_function(firmware, address, &start)) {
        image_place(&firmware->image, address, place);
        return;
    }
    offset = (address & ~1u) - start;
    if (offset) {
        snprintf(place, IMAGE_NAME_ROOM, "sub_%08x+0x%X", (unsigned)start, (unsigned)offset);
    } else {
        snprintf(place, IMAGE_NAME_ROOM, "sub_%08x", (unsigned)start);
    }
}
