// bootleap_mark.h: what the mark says: its word, and the stages of the journey.
// SPDX-License-Identifier: MIT
//
// Not for users. bootleap_mark_in_ram.h and bootleap_mark_in_backup.h are the two places where it
// may lie: exactly one of them is in force, by BOOTLEAP_BACKUP. Only where BOOTLEAP_ENTRY is 1.
#ifndef BOOTLEAP_MARK_H
#define BOOTLEAP_MARK_H

#include "bootleap_devices.h"

// The mark is a word and its complement. Counted from MARK on, the word says how far the
// journey is; any other content says that there is none.
#define MARK   0xB0071EA0u
#define SETTLE 0xFFFFFFFFu // the ROM started us unasked, the reset after it is under way
#define BACK   0u          // the ROM is done, the reset after it is under way
#define ENTER  1u          // bootleap_enter() asked for the ROM
#define AWAY   2u          // the ROM runs; higher numbers count hand-overs that were repeated

#define NOWHERE (BOOTLEAP_ROM_FIRST ? 0x80000000u : 255u) // no mark: none of the stages
// How often a ROM that resets itself is handed over to again.
#define REPEATS (BOOTLEAP_SELF_RESET ? 16u : 0u)

// Instructions that store the mark from two registers. In RAM the store must fill the width that
// its error code covers, 8 bytes, in one go.
#if __ARM_ARCH >= 7
#define STORE_MARK(word, complement, place) "strd " word ", " complement ", [" place "]\n"
#else
#define STORE_MARK(word, complement, place)                                                        \
    "str " word ", [" place "]\n"                                                                  \
    "str " complement ", [" place ", #4]\n"
#endif

#endif
