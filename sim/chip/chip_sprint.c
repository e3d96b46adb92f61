// chip_sprint.c: lets the core run up to the next event without anybody looking.
// SPDX-License-Identifier: MIT
#include "chip_sprint.h"

// Whoever ends a run from outside, or shows its progress, wants to look that often.
enum { LONGEST = 1 << 20 };

void chip_watch_point(struct chip *chip, uint32_t address)
{
    if (chip->watch_point_count < CHIP_WATCH_POINTS) {
        chip->watch_points[chip->watch_point_count] = address;
    }
    chip->watch_point_count++;
    chip->watch_near |= (uint64_t)1 << chip_watch_lane(address);
}

bool chip_is_watched(const struct chip *chip, uint32_t address, uint32_t size)
{
    if (chip->watch_point_count > CHIP_WATCH_POINTS) {
        return true; // one of those that found no room, perhaps
    }
    for (size_t i = 0; i < chip->watch_point_count; i++) {
        if (chip->watch_points[i] - address < size) {
            return true;
        }
    }
    return false;
}

static uint64_t least(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

// The look that must not be passed: the first one behind `wanted`.
static uint64_t look_at_or_after(const struct chip *chip, uint64_t wanted)
{
    uint64_t at = chip->look.at;

    return at >= wanted ? at : at + (wanted - at + CHIP_SLICE - 1) / CHIP_SLICE * CHIP_SLICE;
}

// The time up to which the core only computes.
static uint64_t calm_until(const struct chip *chip)
{
    uint64_t now = chip->core.instructions;
    uint64_t wanted = least(chip->sprint_look, now + LONGEST);
    uint64_t until = least(event_queue_next_but(&chip->core.events, &chip->look),
                           look_at_or_after(chip, wanted));

    return chip->watch ? least(until, chip->watch_from) : until;
}

// Looks that found nothing to do would have come at these times.
static void pass_looks(struct chip *chip)
{
    uint64_t at = chip->look.at;

    while (at < chip->core.instructions) {
        at += CHIP_SLICE;
    }
    event_schedule(&chip->core.events, &chip->look, at);
}

// What is left for between two instructions comes first, and code that changes is not for here.
static bool may_sprint(const struct chip *chip)
{
    return chip->sprints && !chip->observers.stepping_count && !chip->code_changed &&
           !chip->reset_wanted && !chip->rom_fetched && !chip->paused && !chip->alias_changed &&
           !chip->deferred && !chip->core.lockup;
}

void chip_sprint(struct chip *chip)
{
    uint64_t now = chip->core.instructions;
    uint64_t until = may_sprint(chip) ? calm_until(chip) : 0;
    struct cpu_stretch stretch = {.skips = chip->skips_loops};

    if (until <= now) {
        return;
    }
    stretch.most = (uint32_t)(until - now);
    uint32_t ran = cpu_sprint(chip->core.cpu, &chip->device->flash, &stretch);
    chip->core.instructions += ran;
    chip->since_reset += ran;
    chip->sprinted += ran;
    pass_looks(chip);
}
