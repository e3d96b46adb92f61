// option_store.h: option bytes as they stand in an area: values, and complements behind them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_OPTION_STORE_H
#define BOOTLEAP_SIM_OPTION_STORE_H

#include "devices.h"
#include "flash_state.h"

// The area of the row that begins at `address`; NULL if none does.
const struct option_area *option_store_area(const struct device *device, uint32_t address);

// Writes complements, and what shall be, behind the values of all areas: as a chip shows them.
void option_store_show(struct flash_state *state, const struct device *device);

// Takes `size` bytes of a write that begins where the area does. Of a value whose complement does
// not fit all bits become 1, as the chip takes them then (RM0365 Rev 7, page 80): *fits is false.
// False where the area is not written, or has fewer bytes.
bool option_store_take(struct flash_state *state, const struct device *device,
                       const struct option_area *area, const uint8_t *bytes, uint32_t size,
                       bool *fits);

#endif
