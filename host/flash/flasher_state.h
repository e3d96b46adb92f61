// flasher_state.h: what a flasher works on, and how far it has come.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_FLASHER_STATE_H
#define BOOTLEAP_HOST_FLASHER_STATE_H

#include "plan.h"
#include "target.h"
#include "watch.h"

struct flasher {
    const struct target *target; // its bootloader can read, write and erase
    const struct image *image;
    struct plan *plan;         // its sectors get their state
    bool full;                 // all is written, whatever is there already
    bool unchecked;            // nothing is read back: of an image of erased bytes
    bool erases;               // for messages: the image is of erased bytes
    bool reads_spoil_writes;   // the first unit that is written after a read is lost
    const struct watch *watch; // NULL: nobody
    // What has been done so far:
    size_t pages_erased; // each as often as it was
    uint32_t bytes_written, bytes_read;
    size_t writes_repeated;  // blocks that were written again after an unsure write
    size_t sectors_repeated; // that were erased and written again
    bool changed;            // the chip was told to erase or to write
    uint8_t *wanted, *is;    // one block each: of the image, of the chip
};

#endif
