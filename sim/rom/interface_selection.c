// interface_selection.c: decides which USARTs a ROM finds a host on.
// SPDX-License-Identifier: MIT
#include "interface_selection.h"

#include "behaviour.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Whether the board, or nobody, keeps this pin low.
static bool is_low(const struct rom *rom, const struct deaf_pin *deaf)
{
    const char name[] = {'G', 'P', 'I', 'O', deaf->pin[1], '\0'};
    const struct block *port = block_find(rom->chip, name);
    unsigned pin = (unsigned)strtoul(deaf->pin + 2, NULL, 10);

    int level = port && port->type->pins ? port->type->pins->driven(port, pin) : -1;

    return level < 0 ? deaf->floats && rom->worst : level == 0;
}

static bool counts(const struct rom *rom, const struct deaf_pin *deaf)
{
    return device_version_in(deaf->versions, rom->version) && is_low(rom, deaf);
}

static bool loses(const struct deaf_pin *deaf, const char *interface)
{
    for (const char *const *lost = deaf->loses; *lost; lost++) {
        if (strcmp(*lost, interface) == 0) {
            return true;
        }
    }
    return !deaf->loses[0];
}

bool interface_selection_finds(const struct rom *rom, const char *usart)
{
    for (const struct deaf_pin *deaf = rom->chip->device->deaf_pins; deaf->pin; deaf++) {
        if (loses(deaf, usart) && counts(rom, deaf)) {
            return false;
        }
    }
    return !rom->noise;
}

bool interface_selection_finds_any(const struct rom *rom, const char **why)
{
    const struct rom_usart *usarts = rom->chip->device->rom_usarts;

    for (const struct rom_usart *usart = usarts; usart->name; usart++) {
        if (interface_selection_finds(rom, usart->name)) {
            return true;
        }
    }
    *why = rom->noise ? "noise came before the host: the ROM uses that interface and no other"
                      : "a pin that is low keeps the ROM from finding a host on a USART";
    return !usarts->name;
}

// "USART1, CAN2" into `text`, whose size is `room`.
static void list_lost(const struct deaf_pin *deaf, char *text, size_t room)
{
    size_t used = 0;

    snprintf(text, room, "any interface");
    for (const char *const *lost = deaf->loses; *lost && used < room; lost++) {
        used += (size_t)snprintf(text + used, room - used, "%s%s", used ? ", " : "", *lost);
    }
}

void interface_selection_note(const struct rom *rom)
{
    const struct device *device = rom->chip->device;
    char what[240], lost[128];

    for (const struct deaf_pin *deaf = device->deaf_pins; deaf->pin; deaf++) {
        if (counts(rom, deaf)) {
            list_lost(deaf, lost, sizeof lost);
            snprintf(what, sizeof what, "with %s %s%s%s%s it finds no host on %s", deaf->pin,
                     deaf->floats ? "low or floating" : "low", *deaf->packages ? " (" : "",
                     deaf->packages, *deaf->packages ? ")" : "", lost);
            behaviour_note(rom, behaviour_confidence(device, "detection"), what);
        }
    }
    if (rom->noise) {
        snprintf(what, sizeof what, "noise on %s comes first: it uses that interface and no other",
                 rom->noise);
        behaviour_note(rom, CONFIDENCE_DOCUMENTED, what);
    }
}
