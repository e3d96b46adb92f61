// bootleap_backup.h: the part of bootleap.c for a mark that lives in backup registers.
// SPDX-License-Identifier: MIT
//
// Not for users. The registers are seen with their clock, which runs after a reset (the generator
// insists on it), and written while DBP is set. DBP is cleared again at once: the ROM finds PWR as
// a reset leaves it. What comes to another bus may overtake a store, so each is read back.
#ifndef BOOTLEAP_BACKUP_H
#define BOOTLEAP_BACKUP_H

#define STORE_IN_DEPARTURE                                                                         \
    STORE_MARK("r2", "r3", "r1")                                                                   \
    "ldr r4, [r1, #4]\n"                                                                           \
    "ldmia r7!, {r2, r3}\n" /* DBP's register, DBP */                                              \
    "ldr r4, [r2]\n"                                                                               \
    "bics r4, r3\n"                                                                                \
    "str r4, [r2]\n"
#define LOCK_WORDS ".word " BOOTLEAP_BACKUP_LOCK_WORDS "\n"

static __attribute__((noinline)) volatile uint32_t *unlock(void)
{
    volatile uint32_t *clocks = reg(BOOTLEAP_BACKUP_CLOCK), *lock = reg(BOOTLEAP_BACKUP_LOCK);

    *clocks |= BOOTLEAP_BACKUP_CLOCK_MASK;
    (void)*clocks;
    *lock |= BOOTLEAP_BACKUP_LOCK_MASK;
    (void)*lock;
    return lock;
}

static void before_departure(void)
{
    __asm__ volatile("cpsid i" : : : "memory");
    unlock();
}

static void forget(volatile uint32_t *mark)
{
    volatile uint32_t *lock = unlock();

    mark[0] = 0;
    mark[1] = 0;
    (void)mark[1];
    *lock &= ~BOOTLEAP_BACKUP_LOCK_MASK;
}

#endif
