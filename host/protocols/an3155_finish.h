// an3155_finish.h: brings a ROM from the middle of a frame back to where it takes commands.
// SPDX-License-Identifier: MIT
//
// AN3155 has no byte that ends a frame early, and no time after which a ROM gives one up. So the
// frame is finished, with a checksum that is wrong: the ROM says NACK and waits for a command.
#ifndef BOOTLEAP_HOST_AN3155_FINISH_H
#define BOOTLEAP_HOST_AN3155_FINISH_H

#include "an3155_link.h"

// What the ROM may be in the middle of.
struct an3155_unfinished {
    const uint8_t *frame; // that was sent last; NULL: nobody knows
    size_t size;
    bool counts_pages;    // the ROM may wait for the number of pages of Extended Erase
    bool answered_before; // the line may have stalled: something is waited for longer
    bool leaves;          // the ROM may have started an application, which may say something
    unsigned most_bytes;  // that finish it, whatever has become of it on the way
};

// Sends one byte at a time, listens after each and stops at the first answer that shows that the
// ROM waits for a command. Where the frame is known and long, more bytes at a time. False where no
// such answer comes: then the link is lost.
//
// No byte is one that completes the frame where one byte of it was lost or one bit changed on the
// way. Where nobody knows the frame, the byte that should be its checksum is the right one with a
// chance of 1 in 256.
bool an3155_finish(struct an3155_link *link, const struct an3155_unfinished *unfinished);

#endif
