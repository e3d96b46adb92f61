// flash_layout.c: the pages of one chip, by address.
// SPDX-License-Identifier: MIT
#include "flash_layout.h"

void flash_layout_of_row(struct flash_layout *layout, const struct device *device)
{
    *layout = (struct flash_layout){.flash = device->flash, .pages = device->pages};
}

uint32_t flash_layout_reach(const struct device *device, unsigned kb)
{
    uint32_t reach = kb * 1024;

    for (const struct chip_layout *layout = device->layouts; layout->kb; layout++) {
        if (layout->kb == kb && layout->size > reach) {
            reach = layout->size;
        }
    }
    return reach;
}

bool flash_layout_is_gap(const struct flash_layout *layout, uint32_t address)
{
    bool below = false, above = false;

    for (const struct page_run *run = layout->pages; run->count != 0; run++) {
        uint32_t size = run->count * run->size;
        if (address - run->start < size) {
            return false;
        }
        below |= run->start + size <= address;
        above |= run->start > address;
    }
    return below && above;
}

bool flash_layout_page(const struct flash_layout *layout, uint32_t address, unsigned *number,
                       struct region *page)
{
    const struct region *flash = &layout->flash;

    if (address < flash->start || address - flash->start >= flash->size) {
        return false;
    }
    for (const struct page_run *run = layout->pages; run->count != 0; run++) {
        if (address < run->start || address - run->start >= run->count * run->size) {
            continue;
        }
        uint32_t index = (address - run->start) / run->size;
        *number = run->first_number + index;
        *page = (struct region){"page", run->start + index * run->size, run->size};
        return true;
    }
    return false;
}
