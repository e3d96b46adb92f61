// chip_stores.c: has the core show its stores as long as somebody needs to see them.
// SPDX-License-Identifier: MIT
//
// Needed by the MPU, the data cache, RAM with an error code, observers of stores, and whoever
// watches while each instruction is of interest. To show them takes the engine half of its speed,
// to switch costs it its translations.
#include "chip_stores.h"

#include "chip_sprint.h"

enum { SOON = 16 }; // times as long as they have stayed

static bool core_needs_them(const struct chip *chip)
{
    const struct cortex *core = &chip->core;

    if (core->mpu.control & MPU_CONTROL_ENABLE || core->store_path.cache.on) {
        return true;
    }
    for (size_t i = 0; i < chip->memory.count; i++) {
        if (core->store_path.buffers[i].unit_bytes) {
            return true;
        }
    }
    return false;
}

static bool somebody_needs_them(const struct chip *chip)
{
    return chip->observers.storing_count ||
           (chip->watch_write && chip->watch_from <= chip->core.instructions);
}

static bool show(void *context)
{
    struct chip *chip = context;

    uint64_t now = chip->core.instructions;
    bool soon = chip->stores_stay && now - chip->stores_until < SOON * chip->stores_stay;

    // The sooner they are needed again, the longer they stay.
    chip->stores_stay = soon ? 2 * chip->stores_stay : CHIP_SLICE;
    chip->stores_until = now + chip->stores_stay;
    if (!cpu_show_stores(chip->core.cpu, true)) {
        chip->core.lockup = "the CPU engine cannot show stores any more";
        return false;
    }
    return true;
}

// Nothing else is left for between these two instructions: see chip_defer().
static void show_before_next(struct chip *chip)
{
    chip->deferred = show;
    chip->deferred_context = chip;
}

void chip_stores_settle(struct chip *chip)
{
    bool needed = !chip->sprints || core_needs_them(chip) || somebody_needs_them(chip);

    if (needed && !cpu_shows_stores(chip->core.cpu)) {
        show(chip);
    } else if (!needed && chip->since_reset >= CHIP_SLICE &&
               chip->core.instructions > chip->stores_until) {
        cpu_show_stores(chip->core.cpu, false);
    }
}

void chip_stores_look(struct chip *chip)
{
    if (!cpu_shows_stores(chip->core.cpu) && core_needs_them(chip)) {
        show_before_next(chip);
    }
}

bool chip_stores_missing(struct chip *chip, uint32_t address)
{
    bool missing =
        !cpu_shows_stores(chip->core.cpu) && chip->watch_write && chip_is_watched(chip, address, 1);

    if (missing) {
        show_before_next(chip);
    }
    return missing;
}
