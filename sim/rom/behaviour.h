// behaviour.h: what this version of a ROM does besides serving its host, and how sure that is.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BEHAVIOUR_H
#define BOOTLEAP_SIM_BEHAVIOUR_H

#include "rom_state.h"

// The first bank that counts as valid for this ROM, in its order; 0 if none does.
uint32_t behaviour_valid_bank(const struct rom *rom);

// The bank that the ROM starts instead of serving when it is entered by a jump now; 0 if it stays.
uint32_t behaviour_goes_back(const struct rom *rom, enum confidence *confidence);

// Whether a bank that it starts is swapped to the start of flash, which is told.
bool behaviour_swaps(const struct rom *rom, uint32_t bank);

// Whether it feeds a watchdog that runs.
bool behaviour_feeds(const struct rom *rom);

// Whether it clears PRIMASK, and the EMPTY flag, when it starts.
bool behaviour_unmasks(const struct rom *rom);
bool behaviour_clears_empty(const struct rom *rom);

// Whether it starts the application whose vector table is at `table` at Go; if not, why not.
bool behaviour_goes(const struct rom *rom, uint32_t table, const char **why);

// The same when the host leaves DFU.
bool behaviour_leaves(const struct rom *rom, uint32_t table, const char **why);

// Whether a high BOOT0 pin keeps it from going back to flash; if so, that is told.
bool behaviour_boot0(const struct rom *rom);

// Whether Go leaves the stack pointer as it is.
bool behaviour_keeps_stack(const struct rom *rom);

// How this version does otherwise than AN3155 or DFU says, which is told; NULL if it does not.
const struct rom_quirk *behaviour_quirk(const struct rom *rom, enum quirk quirk);

// Whether it erases so many pages at once; if not, that is told.
bool behaviour_erases(const struct rom *rom, unsigned pages);

// Microseconds from its first instruction until it listens; 0 where nobody knows.
uint32_t behaviour_startup(const struct rom *rom);

// Level of the readout protection, 0 to 2.
int behaviour_protection(const struct rom *rom);

// Whether its USB device is gone before it gives the status that follows a leave.
bool behaviour_leaves_first(const struct rom *rom);

// Sets what Go leaves behind in RCC and the flash interface.
void behaviour_leave(const struct rom *rom);

// Puts what the ROM did into the summary, once, with how sure the row is of it.
void behaviour_note(const struct rom *rom, enum confidence confidence, const char *what);

// How sure the row is of a group of its facts.
enum confidence behaviour_confidence(const struct device *device, const char *group);

#endif
