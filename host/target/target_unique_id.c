// target_unique_id.c: reads the number that no other chip has.
// SPDX-License-Identifier: MIT
#include "target_unique_id.h"

#include "sure_read.h"

#include <stdio.h>

// No chip has an id of which all bits are the same: it is what an area without content reads as.
static bool is_blank(const uint8_t *id, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        if (id[i] != id[0]) {
            return false;
        }
    }
    return id[0] == 0 || id[0] == 0xFF;
}

// Three words, the last of which is not always behind the others. A ROM may refuse to show them.
int target_unique_id(const struct target *target, char text[TARGET_UNIQUE_ID_BYTES],
                     struct problem *problem)
{
    const struct device *device = target->device;
    uint8_t id[12];
    struct problem refused;

    text[0] = '\0';
    if (device->uid == 0) {
        return 0;
    }
    int error = sure_read(target->bootloader, device->uid, 8, id, &refused);
    if (error == 0) {
        error = sure_read(target->bootloader, device->uid_last, 4, id + 8, &refused);
    }
    if (error) {
        *problem = refused;
        return error == EXIT_REFUSED ? 0 : error;
    }
    for (size_t i = 0; i < sizeof id && !is_blank(id, sizeof id); i++) {
        snprintf(text + 2 * i, 3, "%02X", id[i]);
    }
    return 0;
}
