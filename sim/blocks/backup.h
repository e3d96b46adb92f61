// backup.h: what the blocks of the backup domain have in common.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BACKUP_H
#define BOOTLEAP_SIM_BACKUP_H

#include "chip.h"

// Whether the domain ignores writes, as it does until DBP is set.
bool backup_is_locked(const struct chip *chip);

#endif
