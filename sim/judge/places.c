// places.c: names places of the code.
// SPDX-License-Identifier: MIT
#include "places.h"

#include "journal.h"

void places_function(const struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM])
{
    const struct symbol *symbol = places->image ? image_function_at(places->image, address) : NULL;

    name[0] = '\0';
    if (symbol) {
        image_function_name(symbol, name);
    }
}

void places_put(const struct places *places, json_t *object, uint32_t address)
{
    char name[IMAGE_NAME_ROOM];

    places_function(places, address, name);
    json_object_set_new(object, "pc", journal_address(address & ~1u));
    if (name[0]) {
        json_object_set_new(object, "function", json_string(name));
    }
}
