// dfu_erase.h: erases flash for a host on USB, as this version of a ROM does it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_ERASE_H
#define BOOTLEAP_SIM_DFU_ERASE_H

#include "dfu_session.h"

// Erases the page that holds `address`.
enum dfu_status dfu_erase_page(struct dfu_session *session, uint32_t address,
                               struct dfu_time *time);
enum dfu_status dfu_erase_all(struct dfu_session *session, struct dfu_time *time);

#endif
