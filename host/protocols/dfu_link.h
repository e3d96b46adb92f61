// dfu_link.h: a DFU device that is talked to, and the state that it is in.
// SPDX-License-Identifier: MIT
//
// Problems have one of two codes: EXIT_REFUSED where the device says no, and why; EXIT_FAILED where
// it answers something else or nothing. It is idle afterwards, unless `lost` is set.
#ifndef BOOTLEAP_HOST_DFU_LINK_H
#define BOOTLEAP_HOST_DFU_LINK_H

#include "bootloader.h"
#include "dfu.h"
#include "usb.h"

enum {
    DFU_ANSWER_MS = 5000, // a ROM of F745 that erases answers no request for more than 1500 ms
    DFU_TRIES = 3,        // of what it stalls without a reason
};

struct dfu_link {
    struct usb *usb;
    unsigned timeout_ms; // no answer is awaited longer, whatever is usual; 0: no such limit
    struct bootloader_wait wait;
    enum dfu_state state; // DFU_IDLE, DFU_DNLOAD_IDLE or DFU_UPLOAD_IDLE
    uint32_t poll_ms;     // what it said last
    unsigned retries;     // requests that were sent again
    bool lost;            // it answers no more, or is gone
};

// How long one answer is awaited.
unsigned dfu_link_limit(const struct dfu_link *link);

// Asks for the status; again where it stalls that, or answers less than it should. False: the link
// is lost, and *problem says so of what was `doing`, "erase at 0x08000000".
bool dfu_link_status(struct dfu_link *link, struct dfu_status *status, const char *doing,
                     struct problem *problem);

// Whether nothing more is to be expected after a transfer with this result.
bool dfu_link_ends(int result);

// Frees it where it stays busy for ever: two CLRSTATUS (betaflight-configurator pull request 1861).
void dfu_link_unstick(struct dfu_link *link);

// The link is lost; `result` is what came of the last transfer. Returns EXIT_FAILED.
int dfu_link_lose(struct dfu_link *link, int result, const char *doing, struct problem *problem);

// It has refused what was `doing`. Makes it idle again; returns EXIT_REFUSED, or EXIT_FAILED where
// it does not come back.
int dfu_link_refused(struct dfu_link *link, const struct dfu_status *status, const char *doing,
                     struct problem *problem);

// Brings it to dfuIDLE from whatever state another program, or an error, has left it in.
int dfu_link_settle(struct dfu_link *link, const char *doing, struct problem *problem);

// To dfuIDLE, unless it is in `state`, where it takes what comes next, too.
int dfu_link_prepare(struct dfu_link *link, enum dfu_state state, const char *doing,
                     struct problem *problem);

#endif
