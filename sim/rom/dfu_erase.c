// dfu_erase.c: erases pages, or all of them, with the defects that the row knows.
// SPDX-License-Identifier: MIT
#include "dfu_erase.h"

#include "behaviour.h"
#include "commands.h"
#include "rom_flash.h"

// Few times that a ROM says are published. Where one is not, the erasure of a page is short, so
// that nobody waits in vain, and that of all pages longer.
enum { PAGE_MS_MOST = 5, ALL_MS = 20 };

static unsigned erase_ms(const struct device *device, uint32_t address)
{
    for (const struct page_run *run = device->pages; run->count; run++) {
        if (address - run->start < run->count * run->size) {
            return run->erase_ms && run->erase_ms < PAGE_MS_MOST ? run->erase_ms : PAGE_MS_MOST;
        }
    }
    return PAGE_MS_MOST;
}

// Whether the flash is two banks as the option bytes have it: then pages begin anew in its middle.
static bool has_two_banks(const struct device *device)
{
    const struct page_run *run = device->pages;

    while (run->count && run->start != device->flash.start + device->flash.size / 2) {
        run++;
    }
    return run->count != 0;
}

static bool is_in_second_bank(const struct rom *rom, unsigned number)
{
    return has_two_banks(rom->chip->device) && rom_flash_second_bank(rom->chip, number);
}

// What does not work either says so, or does not: nobody knows.
static enum dfu_status fail(const struct rom *rom)
{
    behaviour_note(rom, CONFIDENCE_INFERRED,
                   rom->worst ? "it does not tell that an erase did not work"
                              : "it tells that an erase did not work");
    return rom->worst ? DFU_OK : DFU_ERR_ERASE;
}

enum dfu_status dfu_erase_page(struct dfu_session *session, uint32_t address, struct dfu_time *time)
{
    struct rom *rom = session->rom;
    const struct rom_quirk *shifted;
    struct region page;
    unsigned number;

    if (!device_page(rom->chip->device, address, &number, &page)) {
        return DFU_ERR_TARGET;
    }
    time->told_ms = erase_ms(rom->chip->device, address);
    if (is_in_second_bank(rom, number)) {
        if (behaviour_quirk(rom, QUIRK_DFU_SECOND_BANK_NOT_ERASED)) {
            return fail(rom);
        }
        session->stuck = behaviour_quirk(rom, QUIRK_DFU_SECOND_BANK_STAYS_BUSY) != NULL;
        shifted = behaviour_quirk(rom, QUIRK_DFU_SECOND_BANK_SHIFTED);
        number += shifted ? shifted->number : 0;
    }
    commands_erase_pages(rom, &(uint16_t){(uint16_t)number}, 1);
    return DFU_OK;
}

enum dfu_status dfu_erase_all(struct dfu_session *session, struct dfu_time *time)
{
    const struct rom *rom = session->rom;
    const struct device *device = rom->chip->device;
    const struct rom_quirk *longer = behaviour_quirk(rom, QUIRK_DFU_MASS_ERASE_LONGER);

    time->told_ms = device->dfu.mass_erase_ms ? device->dfu.mass_erase_ms : ALL_MS;
    time->more_ms = longer ? longer->number : 0;
    if (behaviour_quirk(rom, QUIRK_DFU_MASS_ERASE_MISSING)) {
        return fail(rom);
    }
    rom_flash_erase_all(rom->chip);
    return DFU_OK;
}
