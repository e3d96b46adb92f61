// places.c: names places of the code.
// SPDX-License-Identifier: MIT
#include "places.h"

#include "journal.h"
#include "source_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MOST = 512 };

struct places {
    const struct image *image; // NULL: none is known
    const char *path;          // of the image
    uint32_t asked[PLACES_MOST];
    size_t count;
    struct source_lines lines;
};

void places_find_lines(struct places *places)
{
    if (places && places->path && places->count && !places->lines.places) {
        source_lines_read(&places->lines, places->path, places->asked, places->count);
    }
}

struct places *places_open(const struct image *image, const char *path)
{
    struct places *places = calloc(1, sizeof *places);

    if (places) {
        places->image = image;
        places->path = path;
    }
    return places;
}

void places_close(struct places *places)
{
    if (places) {
        source_lines_close(&places->lines);
        free(places);
    }
}

// The place in the source, NULL where it is not known. Takes note that it was asked for.
static const struct source_place *look_up(struct places *places, uint32_t address)
{
    size_t i = 0;

    while (i < places->count && places->asked[i] != address) {
        i++;
    }
    if (i == places->count && i < PLACES_MOST && !places->lines.places) {
        places->asked[places->count++] = address;
    }
    return i < places->count && places->lines.places && places->lines.places[i].count
               ? &places->lines.places[i]
               : NULL;
}

static bool is_header(const char *file)
{
    const char *dot = strrchr(file, '.');

    return dot && dot[1] == 'h';
}

// The first frame to name: inline functions of headers, as those of CMSIS, say nothing to a user.
static size_t first_frame(const struct source_place *place)
{
    size_t i = 0;

    while (i + 1 < place->count && is_header(place->frames[i].file)) {
        i++;
    }
    return i;
}

void places_symbol(const struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM])
{
    const struct symbol *symbol = places->image ? image_function_at(places->image, address) : NULL;

    name[0] = '\0';
    if (symbol) {
        image_function_name(symbol, name);
    }
}

void places_function(struct places *places, uint32_t address, char name[IMAGE_NAME_ROOM])
{
    const struct source_place *place = look_up(places, address);

    if (place) {
        snprintf(name, IMAGE_NAME_ROOM, "%s", place->frames[first_frame(place)].function);
    } else {
        places_symbol(places, address, name);
    }
}

bool places_in_header(struct places *places, uint32_t address)
{
    const struct source_place *place = look_up(places, address);

    return place && is_header(place->frames[first_frame(place)].file);
}

json_t *places_list(struct places *places, uint32_t address)
{
    const struct source_place *place = look_up(places, address);
    json_t *list = json_array();
    char name[IMAGE_NAME_ROOM];

    for (size_t i = place ? first_frame(place) : 0; place && i < place->count; i++) {
        const struct source_frame *frame = &place->frames[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:s, s:i}", "pc",
                                        journal_address(address & ~1u), "function", frame->function,
                                        "file", frame->file, "line", (int)frame->line));
    }
    if (!place) {
        json_t *object = json_pack("{s:o}", "pc", journal_address(address & ~1u));
        places_symbol(places, address, name);
        if (name[0]) {
            json_object_set_new(object, "function", json_string(name));
        }
        json_array_append_new(list, object);
    }
    return list;
}
