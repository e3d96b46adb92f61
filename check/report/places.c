// places.c: names places of the program.
// SPDX-License-Identifier: MIT
#include "places.h"

#include "json_value.h"

#include <string.h>

enum { CALLERS_MOST = 12, ADDRESS_DIGITS = 8 };

void places_open(struct places *places, const struct firmware *firmware)
{
    *places = (struct places){.firmware = firmware};
}

void places_close(struct places *places)
{
    source_lines_close(&places->lines);
}

static void note(struct places *places, uint32_t address)
{
    size_t i = 0;

    while (i < places->count && places->asked[i] != address) {
        i++;
    }
    if (address && i == places->count && i < PLACES_MOST) {
        places->asked[places->count++] = address;
    }
}

void places_note(struct places *places, uint32_t pc, const struct frame *frames)
{
    note(places, pc);
    for (const struct frame *frame = frames; frame; frame = frame->caller) {
        note(places, frame->call);
    }
}

void places_read(struct places *places)
{
    if (places->count) {
        source_lines_read(&places->lines, places->firmware->path, places->asked, places->count);
    }
}

// What the source says of an address; NULL: nothing.
static const struct source_place *look_up(const struct places *places, uint32_t address)
{
    for (size_t i = 0; places->lines.places && i < places->count; i++) {
        if (places->asked[i] == address) {
            return places->lines.places[i].count ? &places->lines.places[i] : NULL;
        }
    }
    return NULL;
}

static bool is_header(const char *file)
{
    const char *dot = strrchr(file, '.');

    return dot && dot[1] == 'h';
}

// The first frame to name: inline functions of headers, as those of CMSIS, tell a user nothing.
static size_t first_frame(const struct source_place *place)
{
    size_t i = 0;

    while (i + 1 < place->count && is_header(place->frames[i].file)) {
        i++;
    }
    return i;
}

static json_t *pack_frame(uint32_t pc, const char *function, const char *file, unsigned line)
{
    json_t *object = json_object();

    json_object_set_new(object, "pc", json_value_hex(pc, ADDRESS_DIGITS));
    json_object_set_new(object, "function", json_value_string(function));
    json_object_set_new(object, "file", json_value_string(file));
    json_object_set_new(object, "line", json_integer(line));
    return object;
}

// The address with all that was compiled into its function there, innermost first.
static void append(const struct places *places, uint32_t pc, json_t *list)
{
    const struct source_place *place = look_up(places, pc);
    char name[IMAGE_NAME_ROOM];

    for (size_t i = place ? first_frame(place) : 0; place && i < place->count; i++) {
        const struct source_frame *frame = &place->frames[i];
        json_array_append_new(list, pack_frame(pc, frame->function, frame->file, frame->line));
    }
    if (!place) {
        firmware_name(places->firmware, pc, name);
        json_array_append_new(list, pack_frame(pc, name, "", 0));
    }
}

void places_add(const struct places *places, uint32_t pc, const struct frame *frames,
                json_t *object)
{
    json_t *list = json_array();
    char at[IMAGE_NAME_ROOM];

    append(places, pc, list);
    for (; frames && json_array_size(list) <= CALLERS_MOST; frames = frames->caller) {
        append(places, frames->call, list);
    }
    json_object_update(object, json_array_get(list, 0));
    firmware_place(places->firmware, pc, at);
    json_object_set_new(object, "at", json_value_string(at));
    json_array_remove(list, 0);
    json_object_set_new(object, "callers", list);
}

json_t *places_pack(const struct places *places, uint32_t pc, const struct frame *frames)
{
    json_t *object = pc ? json_object() : json_null();

    if (pc) {
        places_add(places, pc, frames, object);
    }
    return object;
}
