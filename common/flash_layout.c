// flash_layout.c: the pages of one chip, by address.
// SPDX-License-Identifier: MIT
#include "flash_layout.h"

void flash_layout_of_row(struct flash_layout *layout, const struct device *device)
{
    *layout = (struct flash_layout){.flash = device->flash, .pages = device->pages};
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
