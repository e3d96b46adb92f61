// target_quirks.h: what the table knows of this version of a ROM, as those need it who talk to it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_QUIRKS_H
#define BOOTLEAP_HOST_TARGET_QUIRKS_H

#include "target_state.h"

// Tells the bootloader what this version does otherwise than its protocol says. A version that
// nobody knows does whatever any version of the row does.
void target_apply_quirks(struct target *target);

// Whether its Go, or over DFU its leave, does not start an application.
bool target_go_fails(const struct target *target);

// Whether what is written after a read is lost in part: all writes come before the first read then.
bool target_reads_spoil_writes(const struct target *target);

// Whether it erases the pages of a second bank that it is told to, and not others or none.
bool target_erases_second_bank(const struct target *target);

// Most pages that one erase may have: of the first bank, or of a list with pages of the second.
unsigned target_erase_pages(const struct target *target, bool second_bank);

// Milliseconds that an erase goes on behind its answer.
unsigned target_erase_pause_ms(const struct target *target);

#endif
