// image_symbols.c: finds the function at an address.
// SPDX-License-Identifier: MIT
#include "image_symbols.h"

#include <stdio.h>
#include <string.h>

static bool covers(const struct symbol *symbol, uint32_t address)
{
    uint32_t size = symbol->size ? symbol->size : symbol->room;

    return symbol->kind != SYMBOL_DATA && address - symbol->address < size;
}

// Whether `symbol` tells more of an address that both cover. One with a size does: a label inside a
// function has none.
static bool is_better(const struct symbol *symbol, const struct symbol *best)
{
    if (!best || (symbol->size == 0) != (best->size == 0)) {
        return !best || symbol->size;
    }
    if (symbol->address != best->address) {
        return symbol->address > best->address;
    }
    return best->weak && !symbol->weak;
}

// Whether a function with a size lies around `label`, or between it and `address`: what the label
// names ends there too.
static bool has_ended(const struct image *image, const struct symbol *label, uint32_t address)
{
    for (size_t i = 0; i < image->symbol_count; i++) {
        const struct symbol *symbol = &image->symbols[i];
        uint64_t end = (uint64_t)symbol->address + symbol->size;
        if (symbol->kind != SYMBOL_DATA && symbol->size && symbol->address <= address &&
            end > label->address) {
            return true;
        }
    }
    return false;
}

const struct symbol *image_function_at(const struct image *image, uint32_t address)
{
    const struct symbol *best = NULL;

    address &= ~1u;
    for (size_t i = 0; i < image->symbol_count; i++) {
        const struct symbol *symbol = &image->symbols[i];
        if (covers(symbol, address) && is_better(symbol, best)) {
            best = symbol;
        }
    }
    return best && !best->size && has_ended(image, best, address) ? NULL : best;
}

void image_function_name(const struct symbol *symbol, char name[IMAGE_NAME_ROOM])
{
    snprintf(name, IMAGE_NAME_ROOM, "%s", symbol->name);
    char *appended = strchr(name + 1, '.');
    if (appended) {
        *appended = '\0';
    }
}

void image_place(const struct image *image, uint32_t address, char place[IMAGE_NAME_ROOM])
{
    const struct symbol *symbol = image_function_at(image, address);
    uint32_t offset = symbol ? (address & ~1u) - symbol->address : 0;
    char name[IMAGE_NAME_ROOM];

    if (!symbol) {
        snprintf(place, IMAGE_NAME_ROOM, "0x%08X", (unsigned)(address & ~1u));
        return;
    }
    image_function_name(symbol, name);
    if (offset) {
        snprintf(place, IMAGE_NAME_ROOM, "%.*s+0x%X", IMAGE_NAME_ROOM - 16, name, (unsigned)offset);
    } else {
        snprintf(place, IMAGE_NAME_ROOM, "%s", name);
    }
}
