// chip.c: fills in the second ROM's configuration from a row.
// SPDX-License-Identifier: MIT
#include "chip.h"

enum {
    BYTE_US = 11 * 1000000 / 115200,
    UNIT_US = 90, // that a unit is programmed; no host waits for a single one
};

static void set_pages(struct second_rom_config *config, const struct device *device)
{
    for (int i = 0; i < SECOND_ROM_RUNS && device->pages[i].count; i++) {
        const struct page_run *run = &device->pages[i];
        config->pages[i] = (struct second_rom_pages){run->start, run->first_number, run->count,
                                                     run->size, run->erase_ms * 1000ull};
    }
}

static void set_memories(struct second_rom_config *config, const struct device *device)
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
    config->cells[0] =
        (struct second_rom_cell){device->flash_size_register, device->flash_size_register ? 2 : 0,
                                 device->flash.size / 1024};
    config->cells[1] = (struct second_rom_cell){
        device->rom_id_address, device->rom_id_address ? 1 : 0, device_newest_rom(device) & 0xFFu};
}

static size_t commands_of(const struct device *device)
{
    size_t count = 0;

    while (device->rom_commands[count] != 0xFF) {
        count++;
    }
    return count;
}

struct second_rom *chip_new(const struct device *device)
{
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
        .bank_bytes = device->dual_bank == DUAL_BANK_NONE ? 0 : device->flash.size / 2,
        .program_bytes = device->program_bytes,
        .program_us = UNIT_US,
        .rewrite = rewrites[device->second_write],
        .erased = device->erased,
        .stays_silent_on_flash_errors = true,
        .option_bytes = {0x1FFF7800, 0x80},
        .option_value = 0xFF,
    };

    set_pages(&config, device);
    set_memories(&config, device);
    return second_rom_new(&config);
}
