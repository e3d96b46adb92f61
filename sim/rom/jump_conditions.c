// jump_conditions.c: finds bits that speak against a jump to this version of a ROM.
// SPDX-License-Identifier: MIT
#include "jump_conditions.h"

#include "behaviour.h"

#include <stdio.h>

static bool options_fit(const struct chip *chip, uint32_t options)
{
    for (int i = 0; options >> i; i++) {
        if ((options >> i & 1) && !option_bits_refuse(chip, (enum option_refusal)i)) {
            return false;
        }
    }
    return true;
}

static bool is_broken(const struct rom *rom, const struct asked_bits *asked)
{
    return (bus_peek(rom->chip, asked->address) & asked->mask) == asked->value &&
           device_version_in(asked->versions, rom->version) &&
           options_fit(rom->chip, asked->options);
}

const struct asked_bits *jump_conditions_broken(const struct rom *rom)
{
    for (const struct asked_bits *asked = rom->chip->device->asked; asked->name; asked++) {
        if (asked->end != JUMP_NO_USB && is_broken(rom, asked)) {
            return asked;
        }
    }
    return NULL;
}

void jump_conditions_note(const struct rom *rom)
{
    static const char *const ends[] = {[JUMP_HANGS] = "it hangs",
                                       [JUMP_CRASHES] = "it crashes",
                                       [JUMP_NO_USB] = "USB does not work"};
    const struct device *device = rom->chip->device;
    char what[128];

    for (const struct asked_bits *asked = device->asked; asked->name; asked++) {
        if (is_broken(rom, asked)) {
            snprintf(what, sizeof what, "jumped to with %s: %s", asked->name, ends[asked->end]);
            behaviour_note(rom, behaviour_confidence(device, "asked"), what);
        }
    }
}
