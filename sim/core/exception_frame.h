// exception_frame.h: what entry to and return from an exception share.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_EXCEPTION_FRAME_H
#define BOOTLEAP_SIM_EXCEPTION_FRAME_H

enum {
    FRAME_WORDS = 8,
    FRAME_WORDS_FP = 26,
    XPSR_ALIGNED = 1 << 9, // the stack pointer was adjusted on entry
    RETURN_THREAD = 1 << 3,
    RETURN_PSP = 1 << 2,
    RETURN_NO_FP = 1 << 4,
};

#endif
