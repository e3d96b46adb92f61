// backup.c: backup registers behind their lock and clocks, and the RTC's pending alarm.
// SPDX-License-Identifier: MIT
#include "backup.h"

#include "block.h"
#include "bus.h"
#include "chip.h"

#include <string.h>

bool backup_owns(const struct device *device, uint32_t address)
{
    return device->backup && address - device->backup < device->backup_size &&
           address - device->backup < 4 * BACKUP_WORDS;
}

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

static bool is_locked(const struct chip *chip)
{
    const struct device *device = chip->device;

    return device->backup_unlock &&
           !(bus_peek(chip, device->backup_unlock) & device->backup_unlock_mask);
}

uint32_t backup_read(const struct chip *chip, uint32_t address)
{
    return is_clocked(chip) ? chip->backup.words[(address - chip->device->backup) / 4] : 0;
}

void backup_write(struct chip *chip, uint32_t address, uint32_t value)
{
    uint32_t mask = chip->device->backup_bytes == 2 ? 0xFFFFu : 0xFFFFFFFFu;

    if (is_clocked(chip) && !is_locked(chip)) {
        chip->backup.words[(address - chip->device->backup) / 4] = value & mask;
    }
}

uint32_t backup_mark_word(const struct chip *chip, unsigned which)
{
    const struct device *device = chip->device;
    uint32_t first = (device->mark - device->backup) / 4;

    if (!backup_owns(device, device->mark) || first + 3 >= BACKUP_WORDS) {
        return 0;
    }
    const uint32_t *words = chip->backup.words + first;
    return device->backup_bytes == 2 ? words[2 * which] | words[2 * which + 1] << 16 : words[which];
}

void backup_lose(struct chip *chip)
{
    memset(&chip->backup, 0, sizeof chip->backup);
}

void backup_hold_line(struct chip *chip)
{
    if (chip->backup.alarm) {
        exceptions_pend(&chip->exceptions, EXCEPTION_IRQ0 + chip->device->backup_interrupt);
    }
}

bool backup_alarm(struct chip *chip)
{
    chip->backup.alarm = chip->device->backup_interrupt != 0;
    backup_hold_line(chip);
    return chip->backup.alarm;
}

const struct block_behaviour backup_behaviour = {
    .outlives_resets = true,
    .not_modelled =
        "RTC, tamper and the backup domain's own reset: backup registers and an alarm that "
        "stays pending only",
};
