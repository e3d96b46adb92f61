// sector.h: erases, writes and verifies one sector, and again where that went wrong.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SECTOR_H
#define BOOTLEAP_HOST_SECTOR_H

#include "flasher_state.h"

// All return 0 or the exit code of *problem. The sector is erased before it is written. What
// starts the image is left erased by all but sector_write_first.

// Whether the user lets it go on; asked before each command. Problem: EXIT_FAILED.
int sector_go_on(const struct flasher *flasher, struct problem *problem);

// Erases the pages from `first` on, at most `count`, in as few commands as the bootloader takes,
// none of which takes much longer than a second. *done gets how many it were.
int sector_erase(struct flasher *flasher, size_t first, size_t count, size_t *done,
                 struct problem *problem);

// Where the first unit that is written after a read is lost: has one lost, in a sector that is
// erased before and after it.
int sector_absorb(struct flasher *flasher, const struct plan_sector *sector,
                  struct problem *problem);

// Writes the blocks of an erased sector. A write that was not acknowledged is looked at; what
// came of it decides whether the block is written again, or the sector is erased again.
int sector_write(struct flasher *flasher, struct plan_sector *sector, struct problem *problem);

// Reads all of it back. What differs is read once more, then the sector is erased and written
// again. Problem also: EXIT_VERIFY.
int sector_verify(struct flasher *flasher, struct plan_sector *sector, struct problem *problem);

// Writes what starts the image and reads it back.
int sector_write_first(struct flasher *flasher, struct problem *problem);

// Reads [address, address + size), at most a block, and says whether it holds the image's bytes.
int sector_is_equal(struct flasher *flasher, uint32_t address, uint32_t size, bool *equal,
                    struct problem *problem);

#endif
