// flash_erase.c: follows the writes that unlock the flash controller and erase a page.
// SPDX-License-Identifier: MIT
#include "flash_erase.h"

#include "chip.h"

#include <string.h>

static size_t count(const struct register_write *writes)
{
    size_t number = 0;

    while (writes[number].name) {
        number++;
    }
    return number;
}

static bool is_in(const struct register_write *writes, uint32_t address)
{
    for (; writes->name; writes++) {
        if (writes->address == address) {
            return true;
        }
    }
    return false;
}

// A write to address 0 stands for one to the page, a value of 0 for the page's address.
static bool is_next(struct flash_erase *erase, const struct device *device, uint32_t address,
                    uint32_t value)
{
    const struct register_write *next = &device->first_page_erase[erase->step];
    bool to_page = next->address == 0, names_page = !to_page && next->value == 0;

    if (to_page || names_page) {
        uint32_t page = to_page ? address : value;
        if (page - device->flash.start >= device->flash.size ||
            (names_page && address != next->address)) {
            return false;
        }
        erase->page = page;
        return true;
    }
    return address == next->address && value == next->value;
}

bool flash_erase_write(struct chip *chip, uint32_t address, uint32_t value)
{
    const struct device *device = chip->device;
    const struct register_write *unlock = device->first_page_unlock;
    const struct register_write *lock = device->first_page_lock;
    struct flash_erase *erase = &chip->flash_erase;

    if (erase->unlocked < count(unlock)) {
        if (address == unlock[erase->unlocked].address && value == unlock[erase->unlocked].value) {
            erase->unlocked++;
            return true;
        }
        return false;
    }
    if (lock->name && address == lock->address && value == lock->value) {
        erase->unlocked = erase->step = 0;
        return true;
    }
    if (count(unlock) == 0 || !is_next(erase, device, address, value)) {
        erase->step = is_in(device->first_page_erase, address) ? 0 : erase->step;
        return false;
    }
    erase->step++;
    if (erase->step == count(device->first_page_erase)) {
        erase->step = 0;
        erase->wanted = true;
    }
    return true;
}

bool flash_erase_do(struct chip *chip)
{
    const struct device *device = chip->device;
    uint32_t pc = cpu_get(chip->cpu, CPU_PC);
    struct region page;
    unsigned number;

    chip->flash_erase.wanted = false;
    if (!device_page(device, chip->flash_erase.page, &number, &page)) {
        return true;
    }
    if (pc - page.start < page.size) {
        chip->lockup = "the page that the code runs from is erased";
        return false;
    }
    memset(memory_at(&chip->memory, page.start, page.size), device->erased, page.size);
    chip->code_changed = true;
    return true;
}
