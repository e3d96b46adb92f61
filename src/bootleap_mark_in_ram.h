// bootleap_mark_in_ram.h: reads, stores and forgets a mark that lies in RAM.
// SPDX-License-Identifier: MIT
//
// Not for users. It has the names that bootleap_mark_in_backup.h has for the other place:
//   read_stage()         the stage, or NOWHERE
//   forget()             no mark from now on
//   prepare_store()      makes the place writable, before the departure
//   STORE_IN_DEPARTURE   the departure's instructions: r1 the place, r2 and r3 the mark; they may
//                        change r2 to r4, and read PLACE_WORDS through r7
//   PLACE_WORDS          the words in the departure's pool for that
//   PLACE_CLEARED        how many pairs these are
#ifndef BOOTLEAP_MARK_IN_RAM_H
#define BOOTLEAP_MARK_IN_RAM_H

#include "bootleap_compiler.h"
#include "bootleap_mark.h"

#include <stdint.h>

#if BOOTLEAP_ENTRY && !BOOTLEAP_BACKUP

#define STORE_IN_DEPARTURE STORE_MARK("r2", "r3", "r1")
#define PLACE_WORDS        ""
#define PLACE_CLEARED      0

#if BOOTLEAP_GNU_ASSEMBLY
static void prepare_store(void)
{
}
#endif

static void forget(volatile uint32_t *mark)
{
    clear_pair(mark);
}

// `flags` are the reset flags. After power-on RAM is noise, and reading it can trap where it has
// parity or ECC.
static uint32_t read_stage(volatile uint32_t *mark, uint32_t flags)
{
    if (!(flags & BOOTLEAP_FLAGS_POWER)) {
        uint32_t word = mark[0];
        if (word == ~mark[1]) {
            return word - MARK;
        }
    }
    return NOWHERE;
}

#endif

#endif
