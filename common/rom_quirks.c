// rom_quirks.c: looks up what a version of a ROM does otherwise.
// SPDX-License-Identifier: MIT
#include "rom_quirks.h"

#include <stddef.h>

bool rom_versions_have(const uint16_t *versions, uint8_t id)
{
    while (*versions && (*versions & 0xFF) != id) {
        versions++;
    }
    return *versions != 0;
}

static bool in(const uint16_t *versions, uint16_t version)
{
    return version == 0 || *versions == 0 || rom_versions_have(versions, (uint8_t)version);
}

const struct rom_quirk *rom_quirk(const struct device *device, uint16_t version, enum quirk quirk)
{
    for (const struct rom_quirk *row = device->quirks; row->quirk; row++) {
        if (row->quirk == quirk && in(row->versions, version)) {
            return row;
        }
    }
    return NULL;
}

unsigned rom_erase_pages_most(const struct device *device, uint16_t version, bool second_bank)
{
    const struct rom_quirk *most = rom_quirk(device, version, QUIRK_ERASE_PAGES_MOST);

    if (rom_quirk(device, version, QUIRK_ERASE_FIRST_PAGE_ONLY) ||
        rom_quirk(device, version, QUIRK_ERASE_NOT_AWAITED) ||
        (second_bank && rom_quirk(device, version, QUIRK_ERASE_SECOND_BANK_ONCE))) {
        return 1;
    }
    return most ? most->number : UINT16_MAX;
}
