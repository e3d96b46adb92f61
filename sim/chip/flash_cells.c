// flash_cells.c: what programming does to bytes of flash, whoever asks for it.
// SPDX-License-Identifier: MIT
#include "flash_cells.h"

#include "journal.h"

#include <string.h>

enum { BROKEN = 0xEC };

static bool all_equal(const uint8_t *bytes, uint32_t size, uint8_t value)
{
    for (uint32_t i = 0; i < size; i++) {
        if (bytes[i] != value) {
            return false;
        }
    }
    return true;
}

bool flash_cells_program(struct chip *chip, uint8_t *cells, const uint8_t *wanted, uint32_t size)
{
    const struct device *device = chip->device;

    if (all_equal(cells, size, device->erased)) {
        memcpy(cells, wanted, size);
        return true;
    }
    switch (device->second_write) {
    case SECOND_WRITE_CLEARS_BITS:
        for (uint32_t i = 0; i < size; i++) {
            cells[i] &= wanted[i];
        }
        return true;
    case SECOND_WRITE_BREAKS_ECC:
        memset(cells, BROKEN, size); // reading faults on silicon; here it reads as rubbish
        journal_event(chip->journal, "flash unit broken", NULL);
        return true;
    default:
        if (all_equal(wanted, size, 0)) { // the one value that may go over any other
            memset(cells, 0, size);
            return true;
        }
        return false;
    }
}
