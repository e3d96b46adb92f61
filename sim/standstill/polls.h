// polls.h: registers that the application read again and again, and that did not change for it.
// SPDX-License-Identifier: MIT
//
// An error handler does not tell what went wrong. Often something was waited for before, until a
// time was over: that is remembered here.
#ifndef BOOTLEAP_SIM_POLLS_H
#define BOOTLEAP_SIM_POLLS_H

#include "where_record.h"
#include "window.h"

enum {
    POLL_LEAST = 128,         // reads: fewer are no poll
    POLL_STEPS = WINDOW_RING, // that a window sees of it: it may end soon
    POLL_GAP = 4096,          // instructions between two reads: more are another poll
    POLLS_AT_ONCE = 4,        // registers that are read in turns
    POLL_SITES = 16,          // loops that are looked at in a run: each look costs time
};

// One register that is read again and again.
struct poll {
    uint32_t address, value; // that was read
    uint64_t reads;          // 0: nothing is here
    uint64_t at;             // instructions at the last read
    uint64_t from_ns, to_ns; // the chip's time of the first read, and of the last
    size_t site;             // of the read with the number POLL_LEAST; POLL_SITES: not known
};

// The instruction that reads, and what is known of its loop.
struct poll_site {
    uint32_t pc, address;
    bool looked;
    struct polled polled; // no name: it waits for no register
};

struct polls {
    struct chip *chip;
    struct observer observer;
    struct poll list[POLLS_AT_ONCE];
    struct poll_site sites[POLL_SITES];
    size_t site_count;
    struct poll failed; // the last one that came to nothing; no reads: none did
};

// False where there is no room for another observer: then nothing is remembered.
bool polls_open(struct polls *polls, struct chip *chip);

// Whether somebody should look at what the application does now, by a window.
bool polls_asks(const struct polls *polls);

// What such a window, which is closed, has seen.
void polls_look(struct polls *polls, struct window *window, const struct image *image);

// At the end of a run: what came to nothing before the application got to *where.
void polls_tell(struct polls *polls, struct where *where);

#endif
