// dfuse.h: ST's commands over DFU (AN3156): an address, its pages, blocks behind it.
// SPDX-License-Identifier: MIT
//
// A block is at the address pointer + (its number - 2) * transfer size. AN2662 calls that size "the
// length of the requested data buffer", ST's own DFU class takes the one of its descriptor: for
// whole blocks both are the same, so only those are counted. What is shorter is block 2 behind an
// address of its own. Whether an erase moves the pointer is unknown, so it counts as lost then.
#ifndef BOOTLEAP_HOST_DFUSE_H
#define BOOTLEAP_HOST_DFUSE_H

#include "dfu_transfer.h"
#include "memory_map.h"

#include <stdbool.h>

struct dfuse {
    struct dfu_link link;
    uint32_t transfer_bytes; // that the device takes at once
    uint32_t block_bytes;    // that we do: as many, where that is a power of 2 and not too many
    struct memory_map flash; // as the device tells it; count 0: it does not
    uint32_t pointer;        // what the device's address is,
    bool pointer_known;      // if this is so
    uint8_t scratch[USB_TRANSFER_MOST];
};

// `size` is from 1 to block_bytes. Problems of these: those of dfu_link.h.
int dfuse_read(struct dfuse *dfuse, uint32_t address, uint32_t size, uint8_t *bytes,
               struct problem *problem);
int dfuse_write(struct dfuse *dfuse, uint32_t address, uint32_t size, const uint8_t *bytes,
                struct problem *problem);

// Erases the page that begins at `address`, which takes at most `most_ms`.
int dfuse_erase(struct dfuse *dfuse, uint32_t address, unsigned most_ms, struct problem *problem);

// Writes option bytes, and takes readout protection off, which erases all flash. The chip resets
// after either: the link is lost, which is no problem. Problem: EXIT_REFUSED where it said no; then
// the link is not lost.
int dfuse_write_options(struct dfuse *dfuse, uint32_t address, uint32_t size, const uint8_t *bytes,
                        struct problem *problem);
int dfuse_unprotect(struct dfuse *dfuse, unsigned most_ms, struct problem *problem);

// Has the device start what has its vector table at `address`.
int dfuse_go(struct dfuse *dfuse, uint32_t address, struct problem *problem);

#endif
