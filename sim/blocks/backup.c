// backup.c: backup registers behind their lock and clocks, and the RTC's pending alarm.
// SPDX-License-Identifier: MIT
//
// Kept over every reset and, with a backup supply, over power-on.
#include "backup.h"

#include "nvic.h"

#include <string.h>

static bool is_clocked(const struct chip *chip)
{
    const struct register_write *clock = chip->device->backup_clocks;

    for (; clock && clock->name; clock++) {
        if ((bus_peek(chip, clock->address) & clock->value) != clock->value) {
            return false;
        }
    }
    return true;
}

bool backup_is_locked(const struct chip *chip)
{
    const struct device *device = chip->device;

    return device->backup_unlock &&
           !(bus_peek(chip, device->backup_unlock) & device->backup_unlock_mask);
}

// As the core accesses them: without their clocks they read 0, and writes need DBP too.
static uint32_t backup_read(struct block *block, uint32_t offset)
{
    return is_clocked(block->chip) ? block->registers[offset / 4] : 0;
}

static void backup_write(struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t mask = block->chip->device->backup_bytes == 2 ? 0xFFFFu : 0xFFFFFFFFu;

    if (is_clocked(block->chip) && !backup_is_locked(block->chip)) {
        block->registers[offset / 4] = value & mask;
    }
}

static bool backup_alarm(struct block *block)
{
    unsigned interrupt = block->chip->device->backup_interrupt;

    if (interrupt) {
        nvic_hold_line(&block->chip->core, interrupt,
                       "the RTC's alarm, which the backup domain holds");
    }
    return interrupt != 0;
}

static void backup_lose(struct block *block)
{
    memset(block->registers, 0, block->peripheral->size);
    nvic_hold_line(&block->chip->core, 0, NULL);
}

static void backup_use(struct block *block)
{
    backup_alarm(block);
}

static const struct backup_role backup_role = {backup_alarm, backup_lose};

const struct block_type backup_type = {
    .read = backup_read,
    .write = backup_write,
    .use = backup_use,
    .outlives_resets = true,
    .role = ROLE_BACKUP,
    .backup = &backup_role,
    .not_modelled = "RTC, tamper and the backup domain's own reset: backup registers and an alarm "
                    "that stays pending only",
};
