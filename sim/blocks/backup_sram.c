// backup_sram.c: the backup SRAM of parts that have it among the peripherals.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, sections 5.1.2 and 7.3.10 (F4; F2, F7, H5 and U5 alike): it has a clock of its own
// and is locked by DBP, as the backup registers are.
#include "backup.h"

static uint32_t backup_sram_read(struct block *block, uint32_t offset)
{
    return block_is_clocked(block) ? block->registers[offset / 4] : 0;
}

static void backup_sram_write(struct block *block, uint32_t offset, uint32_t value)
{
    if (block_is_clocked(block) && !backup_is_locked(block->chip)) {
        block->registers[offset / 4] = value;
    }
}

const struct block_type backup_sram_type = {
    .read = backup_sram_read,
    .write = backup_sram_write,
    .outlives_resets = true,
    .not_modelled = "code in it, noise at power-on (as with a battery), tamper that erases it",
};
