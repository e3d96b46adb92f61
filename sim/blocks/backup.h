// backup.h: the backup registers, and the interrupt line that the backup domain holds.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BACKUP_H
#define BOOTLEAP_SIM_BACKUP_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

struct chip;

enum { BACKUP_WORDS = 64 };

// Kept over every reset and, with a backup supply, over power-on.
struct backup {
    uint32_t words[BACKUP_WORDS]; // from device->backup on
    bool alarm;                   // the RTC's alarm has gone off and nobody cleared it
};

// Whether a backup register is at `address`, whatever other block is there too.
bool backup_owns(const struct device *device, uint32_t address);
// As the core accesses them: without their clocks they read 0, and writes need DBP too.
uint32_t backup_read(const struct chip *chip, uint32_t address);
void backup_write(struct chip *chip, uint32_t address, uint32_t value);

// The two words of the mark where it is in the backup registers, from device->mark on. Where
// a register holds 16 bits a word is two of them, the low half first.
uint32_t backup_mark_word(const struct chip *chip, unsigned which);

// The backup supply fails: registers read 0, no alarm is pending.
void backup_lose(struct chip *chip);

// The RTC's alarm goes off: its line in the NVIC is pending from now on, over resets too.
// False where the row does not know the line.
bool backup_alarm(struct chip *chip);
// Makes that line pending again: after a reset, and after somebody cleared it in the NVIC.
void backup_hold_line(struct chip *chip);

#endif
