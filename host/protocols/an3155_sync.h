// an3155_sync.h: finds a ROM at the other end of a serial line by AN3155's sync byte.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_SYNC_H
#define BOOTLEAP_HOST_AN3155_SYNC_H

#include "an3155_link.h"

// Sends a sync byte and listens for `window_ms`; with RECOVERY_STARTS it sends more of them until a
// ROM answers. A ROM that was found before, by whatever program, answers one or the next. Where
// nothing at all answers, RECOVERY_FINISHES_... frees a ROM that an interrupted program left in the
// middle of a frame. The line stands at 8E1.
//
// Two bytes that are the same complete a frame whose checksum was 0 so far: the erase of one page
// of which the number is missing. So nobody asks for RECOVERY_STARTS who has not sent something
// else than a sync byte before. Problems: EXIT_NO_DEVICE, and EXIT_FAILED when the line is gone.
int an3155_sync(struct an3155_link *link, unsigned window_ms, unsigned recovery,
                struct problem *problem);

// Leaves a ROM that waits for a command so that it answers the next sync byte, which it would take
// for half a command else.
void an3155_park(struct an3155_link *link);

#endif
