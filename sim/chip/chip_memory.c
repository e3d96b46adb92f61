// chip_memory.c: what is seen where: banks, the alias at address 0, the mark.
// SPDX-License-Identifier: MIT
#include "chip_memory.h"

#include "bus.h"
#include "chip_run.h"
#include "system_memory.h"

uint32_t chip_flash_place(const struct device *device, uint32_t address)
{
    uint32_t size = device->flash.size;

    if (device->alias && address < size) {
        return device->flash.start + address;
    }
    return device->flash_also_at && address - device->flash_also_at < size
               ? address - device->flash_also_at + device->flash.start
               : address;
}

bool chip_is_blank(const struct chip *chip)
{
    const uint8_t *first = memory_at(&chip->memory, chip->device->flash.start, 4);

    for (int i = 0; i < 4; i++) {
        if (first[i] != chip->device->erased) {
            return false;
        }
    }
    return true;
}

void chip_swap_banks(struct chip *chip, uint32_t bank)
{
    if (bank == chip->swapped) {
        return;
    }
    memory_swap(&chip->memory, chip->device, chip->swapped ? chip->swapped : bank);
    chip->swapped = chip->swapped ? 0 : bank;
    chip->code_changed = true;
}

void chip_show_at_0(struct chip *chip, bool rom)
{
    if (rom != chip->alias_is_rom) {
        chip->alias_is_rom = rom;
        chip->alias_changed = true;
    }
}

uint32_t chip_flash_home(const struct chip *chip, uint32_t address)
{
    const struct device *device = chip->device;
    uint32_t behind_other_bus = address - device->flash_also_at;

    if (device->alias && !chip->alias_mapped && address < device->flash.size) {
        return device->flash.start + address;
    }
    return device->flash_also_at && behind_other_bus < device->flash.size
               ? device->flash.start + behind_other_bus
               : address;
}

static bool nothing_more(void *context)
{
    (void)context;
    return true;
}

void chip_flash_changed(struct chip *chip, uint32_t address, uint32_t size)
{
    struct region *changed = &chip->flash_changed;
    uint32_t start = changed->size && changed->start < address ? changed->start : address;
    uint32_t end = address + size;

    if (changed->size && changed->start + changed->size > end) {
        end = changed->start + changed->size;
    }
    *changed = (struct region){"flash", start, end - start};
    chip->code_was_changed = true;
    if (!chip->deferred) { // so that there is a stop between two instructions
        chip_defer(chip, nothing_more, NULL);
    }
}

// What is seen at 0 may be system memory.
static uint32_t behind_alias(const struct chip *chip, uint32_t address)
{
    const struct region *rom = system_memory_of_rom(chip->device);

    return chip->device->alias && chip->alias_mapped && address < rom->size ? rom->start + address
                                                                            : address;
}

bool chip_load_from_rom(struct chip *chip, uint32_t address, unsigned size, bool mapped)
{
    const struct device *device = chip->device;
    uint32_t place = system_memory_home(device, behind_alias(chip, address));
    struct problem problem;

    if (memory_ram_at(&chip->memory, place, size) ||
        (!memory_at(&chip->memory, place, size) && !system_memory_is_near(device, place))) {
        return false;
    }
    if (!system_memory_is_known(device, place, size)) {
        unknown_reads_note(&chip->unknown_reads, address, cpu_get(chip->core.cpu, CPU_PC));
    }
    return mapped || !memory_map_blank(&chip->memory, chip->core.cpu, address, &problem);
}

uint32_t chip_mark_word(const struct chip *chip, unsigned which)
{
    const struct device *device = chip->device;

    if (!device->mark_in_backup) {
        return memory_word(&chip->memory, device->mark + 4 * which);
    }
    if (device->backup_bytes == 2) {
        return bus_peek(chip, device->mark + 8 * which) |
               bus_peek(chip, device->mark + 8 * which + 4) << 16;
    }
    return bus_peek(chip, device->mark + 4 * which);
}
