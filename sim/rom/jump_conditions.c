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

static bool is_broken(const struct rom *rom, const struct jump_condition *condition)
{
    return (bus_peek(rom->chip, condition->address) & condition->mask) == condition->value &&
           device_version_in(condition->versions, rom->version) &&
           options_fit(rom->chip, condition->options);
}

static const struct jump_condition *first_broken(const struct rom *rom, bool costs_usb_alone)
{
    for (const struct jump_condition *condition = rom->chip->device->jump_conditions;
         condition->name; condition++) {
        if ((condition->end == JUMP_NO_USB) == costs_usb_alone && is_broken(rom, condition)) {
            return condition;
        }
    }
    return NULL;
}

const struct jump_condition *jump_conditions_broken(const struct rom *rom)
{
    return first_broken(rom, false);
}

const struct jump_condition *jump_conditions_without_usb(const struct rom *rom)
{
    return first_broken(rom, true);
}

void jump_conditions_note(const struct rom *rom)
{
    static const char *const ends[] = {[JUMP_HANGS] = "it hangs",
                                       [JUMP_CRASHES] = "it crashes",
                                       [JUMP_NO_USB] = "USB does not work"};
    const struct device *device = rom->chip->device;
    char what[128];

    for (const struct jump_condition *condition = device->jump_conditions; condition->name;
         condition++) {
        if (is_broken(rom, condition)) {
            snprintf(what, sizeof what, "jumped to with %s: %s", condition->name,
                     ends[condition->end]);
            behaviour_note(rom, behaviour_confidence(device, "jump_conditions"), what);
        }
    }
}
