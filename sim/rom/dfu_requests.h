// dfu_requests.h: answers the requests of a host on USB: the states of DFU.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_REQUESTS_H
#define BOOTLEAP_SIM_DFU_REQUESTS_H

#include "dfu_session.h"

// The `control` of a struct usb_device whose context is a struct dfu_session.
int dfu_requests_answer(void *context, const struct usb_setup *setup, uint8_t *data);

#endif
