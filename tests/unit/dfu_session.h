// dfu_session.h: one run over DFU, from the port to the started application, on a fake device.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_DFU_SESSION_H
#define BOOTLEAP_TESTS_DFU_SESSION_H

#include "fake_usb.h"
#include "flasher.h"

enum { SESSION_IMAGE_BYTES = 5 * 2048 + 100 };

struct dfu_session {
    struct bootloader *bootloader; // closed, once it is over
    struct target target;
    struct plan plan;
    struct flasher flasher;
    struct problem problem;
};

// What is flashed, from FAKE_START on.
extern uint8_t dfu_session_bytes[SESSION_IMAGE_BYTES];

// As far as the chip is known. Returns 0 or the exit code of session->problem.
int dfu_session_find(struct dfu_session *session);

// All of it.
int dfu_session_run(struct dfu_session *session);

#endif
