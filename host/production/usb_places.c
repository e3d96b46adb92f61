// usb_places.c: remembers who was at which place on USB, and when.
// SPDX-License-Identifier: MIT
#include "usb_places.h"

#include "monotonic.h"
#include "usb_ids.h"
#include "usb_list.h"

#include <stdio.h>
#include <string.h>

enum { ST = 0x0483, EMPTY_MS = 3000 };

struct look {
    struct usb_places *places;
    bool asks;
    uint64_t now;
};

static bool is_rom(const struct usb_found *found)
{
    const struct usb_id *id = usb_id_find(found->vendor, found->product);

    return found->roles & USB_ROLE_DFU && id && id->kind == USB_ID_ROM;
}

// The place with this path, which may be a new one. NULL where there are too many.
static struct usb_place *find_place(struct usb_places *places, const char *path)
{
    char port[USB_PLACES_PORT_BYTES];

    snprintf(port, sizeof port, "usb:%s", path);
    for (size_t i = 0; i < places->count; i++) {
        if (strcmp(places->places[i].port, port) == 0) {
            return &places->places[i];
        }
    }
    if (places->count == USB_PLACES_MOST) {
        return NULL;
    }
    struct usb_place *place = &places->places[places->count++];
    *place = (struct usb_place){.taken = false};
    memcpy(place->port, port, sizeof port);
    return place;
}

static void see(const struct usb_found *found, void *context)
{
    const struct look *look = context;
    bool rom = is_rom(found), application = found->roles & USB_ROLE_RUNTIME && found->vendor == ST;
    struct usb_place *place = find_place(look->places, found->path);

    if (place == NULL) {
        return;
    }
    bool was_empty = place->empty_ms && look->now - place->empty_ms >= EMPTY_MS;
    bool is_other = rom && place->rom[0] && strcmp(place->rom, found->serial) != 0;
    if (!place->busy && (was_empty || is_other)) {
        place->taken = false;
        place->rom[0] = '\0';
    }
    if (rom) {
        memcpy(place->rom, found->serial, sizeof place->rom);
    }
    place->is_board = rom || (look->asks && application);
    place->seen = true;
    place->empty_ms = 0;
}

int usb_places_look(struct usb_places *places, bool asks, struct problem *problem)
{
    struct look look = {places, asks, monotonic_ms()};

    for (size_t i = 0; i < places->count; i++) {
        places->places[i].is_board = places->places[i].seen = false;
    }
    int error = usb_list_each(see, &look, problem);
    for (size_t i = 0; error == 0 && i < places->count; i++) {
        struct usb_place *place = &places->places[i];
        place->empty_ms = place->seen || place->empty_ms ? place->empty_ms : look.now;
    }
    return error;
}

struct usb_place *usb_places_take(struct usb_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        struct usb_place *place = &places->places[i];
        if (place->is_board && !place->taken) {
            place->taken = true;
            return place;
        }
    }
    return NULL;
}
