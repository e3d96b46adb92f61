// backup_register.c: the request is in a backup register, which outlives the reset.
// SPDX-License-Identifier: MIT
//
// stm32duino/Arduino_Core_STM32#710 tested it on an F303, an F401, an F407, an L4 and a WB55,
// with the remap where there is one. MASKED is what users of an F103 do (stackoverflow.com
// 60925991, ST community 11166 and 261904), all of whom report that it does not work.
#include "recipe.h"

static const uint32_t clocks[][2] = CHIP_BACKUP_CLOCKS;

static void open_backup_domain(void)
{
    for (unsigned i = 0; clocks[i][0]; i++) {
        *reg(clocks[i][0]) |= clocks[i][1];
        (void)*reg(clocks[i][0]);
    }
    *reg(CHIP_BACKUP_UNLOCK) |= CHIP_BACKUP_UNLOCK_MASK;
}

// As it was: `found` is the register of the clocks, all of which are in one.
static void close_backup_domain(uint32_t found)
{
    *reg(CHIP_BACKUP_UNLOCK) &= ~CHIP_BACKUP_UNLOCK_MASK;
    *reg(clocks[0][0]) = found;
}

void application(void)
{
    uint32_t found = *reg(clocks[0][0]);

    open_backup_domain();
    if (*reg(CHIP_BACKUP) == (REQUEST & 0xFFFFu)) {
        *reg(CHIP_BACKUP) = 0;
        close_backup_domain(found);
        clock_remap();
        remap();
#if MASKED
        mask_interrupts();
        *reg(SCB_VTOR) = CHIP_ROM;
#endif
        jump_in_c(CHIP_ROM);
    }
    *reg(CHIP_BACKUP) = REQUEST & 0xFFFFu;
    reset_chip();
}
