// bootleap_backup.h: the part of bootleap.c for a mark that lives in backup registers.
// SPDX-License-Identifier: MIT
//
// Not for users. The backup registers need clocks to be seen and DBP to be written; nothing is
// under them, so the mark is stored before the assembly of depart() begins.
#ifndef BOOTLEAP_BACKUP_H
#define BOOTLEAP_BACKUP_H

#define STORE_IN_DEPARTURE ""

// Their clocks run when they have been read back.
static __attribute__((noinline)) void before_reading(void)
{
    static const struct {
        uint32_t address, mask;
    } clocks[] = {BOOTLEAP_BACKUP_CLOCKS{0, 0}};

    for (unsigned i = 0; clocks[i].address != 0; i++) {
        *reg(clocks[i].address) |= clocks[i].mask;
        (void)*reg(clocks[i].address);
    }
}

// Locked again at once: the ROM finds PWR as a reset leaves it.
static __attribute__((noinline)) void write_mark(uint32_t word, uint32_t complement)
{
    volatile uint32_t *mark = reg(BOOTLEAP_MARK);

    if (BOOTLEAP_BACKUP_UNLOCK) {
        *reg(BOOTLEAP_BACKUP_UNLOCK) |= BOOTLEAP_BACKUP_UNLOCK_MASK;
        (void)*reg(BOOTLEAP_BACKUP_UNLOCK);
    }
    mark[0] = word;
    mark[1] = complement;
    (void)mark[1];
    if (BOOTLEAP_BACKUP_UNLOCK) {
        *reg(BOOTLEAP_BACKUP_UNLOCK) &= ~BOOTLEAP_BACKUP_UNLOCK_MASK;
    }
}

static void before_departure(uint32_t stage)
{
    __asm__ volatile("cpsid i" : : : "memory");
    before_reading();
    // As where the mark is in RAM: flags of an earlier power-on must not outlive its store.
    *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
    write_mark(MARK + stage, ~(MARK + stage));
}

static void forget(volatile uint32_t *mark)
{
    (void)mark;
    write_mark(0, 0);
}

#endif
