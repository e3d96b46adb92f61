// bootleap_mark_in_backup.h: reads, stores and forgets a mark that lies in backup registers.
// SPDX-License-Identifier: MIT
//
// Not for users. It has the names that bootleap_mark_in_ram.h explains. The registers are seen
// with their clocks and written while DBP is set. On the way into the ROM all of that is again as a
// reset leaves it. What comes to another bus may overtake a store, so each is read back before what
// it needs is taken away.
#ifndef BOOTLEAP_MARK_IN_BACKUP_H
#define BOOTLEAP_MARK_IN_BACKUP_H

#include "bootleap_compiler.h"
#include "bootleap_mark.h"
#include "bootleap_registers.h"

#include <stdint.h>

#if BOOTLEAP_ENTRY && BOOTLEAP_BACKUP

__extension__ _Static_assert(
    BOOTLEAP_MARK - BOOTLEAP_BACKUP_FIRST <= BOOTLEAP_BACKUP_LAST - BOOTLEAP_BACKUP_FIRST,
    "bootleap: BOOTLEAP_MARK is outside the backup registers of this part");

#if !BOOTLEAP_GNU_ASSEMBLY
#error "bootleap: a mark in backup registers needs GCC or Clang (docs/iar.md)"
#endif

#define STORE_IN_DEPARTURE                                                                         \
    STORE_MARK("r2", "r3", "r1")                                                                   \
    "ldr r4, [r1, #4]\n"                                                                           \
    ".rept %c[place_cleared]\n"                                                                    \
    "ldmia r7!, {r2, r3}\n" /* DBP's register and DBP, then clocks that a reset leaves off */      \
    "ldr r4, [r2]\n"                                                                               \
    "bics r4, r3\n"                                                                                \
    "str r4, [r2]\n"                                                                               \
    ".if %c[place_cleared] > 1\n"                                                                  \
    "ldr r4, [r2]\n"                                                                               \
    ".endif\n"                                                                                     \
    ".endr\n"
#define PLACE_WORDS   BOOTLEAP_BACKUP_CLEARED_WORDS
#define PLACE_CLEARED BOOTLEAP_BACKUP_CLEARED

// Registers with the clocks, and which of them a reset leaves off.
static const struct {
    uint32_t address, mask, off;
} clocks[] = {BOOTLEAP_BACKUP_CLOCKS};

enum {
    CLOCKS = sizeof clocks / sizeof clocks[0],
    CLOCKS_TO_STOP = BOOTLEAP_BACKUP_CLEARED > 1 ? CLOCKS : 0,
};

BOOTLEAP_NOINLINE static volatile uint32_t *unlock(void)
{
    volatile uint32_t *lock = reg(BOOTLEAP_BACKUP_LOCK);

    for (int i = 0; i < CLOCKS; i++) {
        volatile uint32_t *enable = reg(clocks[i].address);
        *enable |= clocks[i].mask;
        (void)*enable;
    }
    *lock |= BOOTLEAP_BACKUP_LOCK_MASK;
    (void)*lock;
    return lock;
}

static void prepare_store(void)
{
    unlock();
}

// Only where a mark was found: the application has not started any clock yet.
static void forget(volatile uint32_t *mark)
{
    volatile uint32_t *lock = unlock();

    mark[0] = 0;
    mark[1] = 0;
    (void)mark[1];
    *lock &= ~BOOTLEAP_BACKUP_LOCK_MASK;
    for (int i = CLOCKS_TO_STOP; i-- > 0;) {
        (void)*lock;
        *reg(clocks[i].address) &= ~clocks[i].off;
    }
}

#if BOOTLEAP_BACKUP_CLEARED > 1
// A later call finds the clocks as the application wants them.
BOOTLEAP_NOINLINE static uint32_t read_word(volatile uint32_t *word)
{
    uint32_t before[CLOCKS];

    for (int i = 0; i < CLOCKS; i++) {
        volatile uint32_t *enable = reg(clocks[i].address);
        before[i] = *enable;
        *enable = before[i] | clocks[i].mask;
        (void)*enable;
    }
    uint32_t value = *word;
    for (int i = CLOCKS; i-- > 0;) {
        *reg(clocks[i].address) = before[i];
    }
    return value;
}
#else
static uint32_t read_word(volatile uint32_t *word)
{
    return *word;
}
#endif

// Where a battery keeps the registers over power-on, a mark from before would come to life when
// the application clears the power flag: decide() forgets it as it forgets SETTLE.
static uint32_t read_stage(volatile uint32_t *mark, uint32_t flags)
{
    uint32_t word = read_word(mark);

    uint32_t stage = flags & BOOTLEAP_FLAGS_POWER ? SETTLE : word - MARK;

    return word == ~read_word(mark + 1) ? stage : NOWHERE;
}

#endif

#endif
