// names.c: names of variables, for sentences.
// SPDX-License-Identifier: MIT
#include "names.h"

#include <stdio.h>

void name_variable(const struct image *image, uint32_t address, char name[NAME_ROOM])
{
    for (size_t i = 0; image && i < image->symbol_count; i++) {
        const struct symbol *symbol = &image->symbols[i];
        uint32_t offset = address - symbol->address;
        if (symbol->kind != SYMBOL_DATA || offset >= symbol->size) {
            continue;
        }
        if (offset) {
            snprintf(name, NAME_ROOM, "%.32s+0x%X (0x%08X)", symbol->name, (unsigned)offset,
                     (unsigned)address);
        } else {
            snprintf(name, NAME_ROOM, "%.32s (0x%08X)", symbol->name, (unsigned)address);
        }
        return;
    }
    snprintf(name, NAME_ROOM, "0x%08X", (unsigned)address);
}
