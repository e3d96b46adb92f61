// chip.c: fills in the second ROM's configuration from a row.
// SPDX-License-Identifier: MIT
#include "chip.h"

#include "rom_quirks.h"

enum {
    BYTE_US = 11 * 1000000 / 115200,
    UNIT_US = 90, // that a unit is programmed; no host waits for a single one
};

void chip_layout_of(const struct chip_kind *kind, struct flash_layout *layout)
{
    flash_layout_of_row(layout, kind->device);
    if (kind->layout) {
        layout->pages = kind->layout->pages;
        layout->flash.size = kind->layout->size;
    } else if (kind->kb) {
        layout->flash.size = kind->kb * 1024;
    }
}

// Of the pages, those that are there.
static void set_pages(struct second_rom_config *config, const struct flash_layout *layout)
{
    uint32_t end = layout->flash.start + layout->flash.size;

    for (int i = 0; i < SECOND_ROM_RUNS && layout->pages[i].count; i++) {
        const struct page_run *run = &layout->pages[i];
        uint32_t room = run->start < end ? (end - run->start) / run->size : 0;
        config->pages[i] = (struct second_rom_pages){run->start, run->first_number,
                                                     room < run->count ? room : run->count,
                                                     run->size, run->erase_ms * 1000ull};
    }
}

static void set_memories(struct second_rom_config *config, const struct device *device,
                         uint16_t version)
{
    const struct region *system = device->system_memory;
    const struct ram *ram = device->rams;
    uint32_t start = ram->region.start, end = ram->region.start + ram->region.size;

    for (const struct region *own = device->rom_ram; own->size; own++) {
        if (own->start <= start && own->start + own->size > start) {
            start = own->start + own->size;
        }
    }
    config->ram = (struct second_rom_range){start, start < end ? end - start : 0};
    config->system_memory = (struct second_rom_range){system->start, system->size};
    config->cells[0] = (struct second_rom_cell){device->rom_id_address,
                                                device->rom_id_address ? 1 : 0, version & 0xFFu};
}

static size_t commands_of(const struct device *device)
{
    size_t count = 0;

    while (device->rom_commands[count] != 0xFF) {
        count++;
    }
    return count;
}

static void set_defects(struct second_rom_config *config, const struct device *device,
                        uint16_t version)
{
    static const struct {
        enum quirk quirk;
        enum second_rom_defect defect;
    } pairs[] = {
        {QUIRK_DOUBLE_ACK, SECOND_ROM_DOUBLE_ACK},
        {QUIRK_DOUBLE_NACK_PROTECTED, SECOND_ROM_DOUBLE_NACK},
        {QUIRK_GO_WITHOUT_FIRST_ACK, SECOND_ROM_NO_FIRST_ACK_OF_GO},
        {QUIRK_NO_NACK_FOR_ADDRESS, SECOND_ROM_NO_NACK_FOR_ADDRESS},
        {QUIRK_ERASE_FIRST_PAGE_ONLY, SECOND_ROM_FIRST_PAGE_ONLY},
        {QUIRK_ERASE_SECOND_BANK_ONCE, SECOND_ROM_SECOND_BANK_ONCE},
        {QUIRK_ERASE_NOT_AWAITED, SECOND_ROM_ERASE_NOT_AWAITED},
        {QUIRK_MASS_ERASE_MISSING, SECOND_ROM_NO_MASS_ERASE},
        {QUIRK_BANK_ERASE_REFUSED, SECOND_ROM_NO_BANK_ERASE},
        {QUIRK_READ_LOSES_UNIT, SECOND_ROM_READ_LOSES_UNIT},
        {QUIRK_RAM_WRITES_CORRUPTED, SECOND_ROM_CORRUPTS_RAM},
    };
    const struct rom_quirk *most = rom_quirk(device, version, QUIRK_ERASE_PAGES_MOST);

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        config->defects |=
            rom_quirk(device, version, pairs[i].quirk) ? (unsigned)pairs[i].defect : 0;
    }
    if (*device->go.fails && device_version_in(device->go.fails, version)) {
        config->defects |= SECOND_ROM_GO_FAILS;
    }
    config->most_pages = most ? most->number : 0;
    config->get_version = rom_quirk(device, version, QUIRK_GET_VERSION_0X20) ? 0x20 : 0;
}

struct second_rom *chip_new(const struct chip_kind *kind)
{
    const struct device *device = kind->device;
    uint16_t version = kind->version ? kind->version : device_newest_rom(device);
    struct flash_layout layout;
    static const enum second_rom_rewrite rewrites[] = {
        [SECOND_WRITE_CLEARS_BITS] = SECOND_ROM_ANDS,
        [SECOND_WRITE_REFUSED] = SECOND_ROM_REFUSES,
        [SECOND_WRITE_BREAKS_ECC] = SECOND_ROM_BREAKS,
    };
    struct second_rom_config config = {
        .protocol_version = device->an3155_version,
        .product = device->product,
        .commands = device->rom_commands,
        .command_count = commands_of(device),
        .byte_us = BYTE_US,
        .defects = kind->defects,
        .wrong_sync_ends = true,
        .bank_bytes = device->dual_bank == DUAL_BANK_NONE ? 0 : device->flash.size / 2,
        .program_bytes = device->program_bytes,
        .program_us = UNIT_US,
        .rewrite = rewrites[device->second_write],
        .erased = device->erased,
        .words_only = kind->errors == CHIP_ANSWERS_NACK,
        .stays_silent_on_flash_errors = kind->errors == CHIP_ANSWERS_ACK,
    };

    chip_layout_of(kind, &layout);
    set_pages(&config, &layout);
    chip_set_options(kind, &config);
    set_memories(&config, device, version);
    set_defects(&config, device, version);
    return second_rom_new(&config);
}
