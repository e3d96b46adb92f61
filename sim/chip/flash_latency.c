// flash_latency.c: holds the latency of the flash against the system clock.
// SPDX-License-Identifier: MIT
//
// Frequencies are not modelled: the clock of a reset needs the latency of a reset, a clock that the
// scenario has made none, or the largest. That is the one which the row's steps raise it to before
// they switch, and where they do not, as much as the field holds.
#include "flash_latency.h"

#include "block.h"

enum { LATENCY = 7 }; // FLASH_ACR begins with it; no part needs more than 7

static const struct jump_step *latency_of(const struct chip *chip)
{
    return &chip->device->jump.latency;
}

static uint32_t field_of(const struct chip *chip)
{
    return latency_of(chip)->mask & LATENCY;
}

static uint32_t *register_of(const struct chip *chip)
{
    const struct jump_step *latency = latency_of(chip);
    struct block *block = field_of(chip) ? block_at(chip, latency->address) : NULL;

    return block ? &block->registers[(latency->address - block->peripheral->start) / 4] : NULL;
}

static uint32_t largest(const struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        if (step->address == device->switch_register && !step->wait) {
            break;
        }
        if (step->address == device->jump.latency.address && step->mask & LATENCY) {
            return step->value & LATENCY;
        }
    }
    return field_of(chip);
}

void flash_latency_make(struct chip *chip, bool fast)
{
    uint32_t *place = register_of(chip);

    if (place) {
        chip->flash_latency = (struct flash_latency){true, fast ? largest(chip) : 0};
        *place = (*place & ~field_of(chip)) | chip->flash_latency.needed;
        block_at(chip, latency_of(chip)->address)->may_differ = true;
    }
}

void flash_latency_look(struct chip *chip)
{
    const uint32_t *place = chip->flash_latency.judged ? register_of(chip) : NULL;
    uint32_t field = field_of(chip);
    uint32_t needed = rcc_clock_is_reset(&chip->rcc) ? latency_of(chip)->value & field
                                                     : chip->flash_latency.needed;

    if (place && (*place & field) < needed) {
        chip->core.lockup = "flash is read faster than its latency allows";
        cpu_stop(chip->core.cpu);
    }
}
