// speed.c: holds the latency of the flash against the system clock.
// SPDX-License-Identifier: MIT
//
// Frequencies are not modelled: a clock that the scenario has made needs the largest latency or
// none, the clock of a reset the latency of a reset.
#include "speed.h"

#include "chip.h"

static const struct jump_step *latency_of(const struct chip *chip)
{
    return &chip->device->jump.latency;
}

static uint32_t *register_of(const struct chip *chip)
{
    const struct jump_step *latency = latency_of(chip);
    struct block *block = latency->mask ? block_at(chip, latency->address) : NULL;

    return block ? &block->registers[(latency->address - block->peripheral->start) / 4] : NULL;
}

void speed_make(struct chip *chip, bool fast)
{
    uint32_t *place = register_of(chip), mask = latency_of(chip)->mask;

    if (place) {
        chip->speed = (struct speed){true, fast ? mask : 0};
        *place = (*place & ~mask) | chip->speed.needed;
    }
}

void speed_look(struct chip *chip)
{
    const struct jump_step *latency = latency_of(chip);
    const uint32_t *place = chip->speed.judged ? register_of(chip) : NULL;
    uint32_t needed = rcc_clock_is_reset(&chip->rcc) ? latency->value : chip->speed.needed;

    if (place && (*place & latency->mask) < needed) {
        chip->lockup = "flash is read faster than its latency allows";
        cpu_stop(chip->cpu);
    }
}
