// flash_layout.h: the flash of one chip, as its ROM erases and programs it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_FLASH_LAYOUT_H
#define BOOTLEAP_COMMON_FLASH_LAYOUT_H

#include "devices.h"

struct flash_layout {
    struct region flash;          // start and size of this chip's
    const struct page_run *pages; // terminated by count 0; may reach beyond `flash`: only what lies
                                  // in it exists
};

// The flash of the line's largest chip, as it is delivered.
void flash_layout_of_row(struct flash_layout *layout, const struct device *device);

// How far from its start the flash of a chip with `kb` KB reaches: farther where there is a gap
// between its banks.
uint32_t flash_layout_reach(const struct device *device, unsigned kb);

// Whether an address of the flash is in a gap between two banks.
bool flash_layout_is_gap(const struct flash_layout *layout, uint32_t address);

// The page of this chip that holds `address`: its number goes to *number, its limits to *page.
// False if the address is not in the chip's flash.
bool flash_layout_page(const struct flash_layout *layout, uint32_t address, unsigned *number,
                       struct region *page);

#endif
