// dfu_memory.h: the commands of DFU with ST's extensions, carried out on memory.
// SPDX-License-Identifier: MIT
//
// AN2662 Rev 1, Sections 4.4 and 4.5, whose figures show which status a device answers.
#ifndef BOOTLEAP_SIM_DFU_MEMORY_H
#define BOOTLEAP_SIM_DFU_MEMORY_H

#include "dfu_session.h"

// Carries out what the last DNLOAD brought.
enum dfu_status dfu_memory_carry_out(struct dfu_session *session, struct dfu_time *time);

// Gives `length` bytes of block `block`, which is 2 at least.
enum dfu_status dfu_memory_read(struct dfu_session *session, unsigned block, uint8_t *data,
                                unsigned length);

#endif
