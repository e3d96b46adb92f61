// commands.c: carries out a host's commands on memory and option bytes.
// SPDX-License-Identifier: MIT
#include "commands.h"

#include "behaviour.h"
#include "option_area.h"
#include "rom_flash.h"
#include "rom_time.h"

bool commands_has(const struct rom *rom, uint8_t command)
{
    const uint8_t *listed = rom->chip->device->rom_commands;

    while (*listed != 0xFF && *listed != command) {
        listed++;
    }
    return *listed != 0xFF && command != COMMAND_SPECIAL;
}

bool commands_is_open(const struct rom *rom, uint8_t command)
{
    int level = behaviour_protection(rom);

    return level == 0 || command == COMMAND_GET || command == COMMAND_GET_VERSION ||
           command == COMMAND_GET_ID || (level == 1 && command == COMMAND_READOUT_UNPROTECT);
}

bool commands_shows(const struct rom *rom, uint32_t address)
{
    return !option_area_refuses(rom->chip, address) &&
           rom_flash_readable(rom->chip, address, 1) != NULL;
}

uint8_t commands_read(struct rom *rom, uint32_t address)
{
    const uint8_t *byte = rom_flash_readable(rom->chip, address, 1);

    rom->has_read |= rom_flash_has(rom->chip, address);
    return byte ? *byte : 0;
}

bool commands_takes(const struct rom *rom, uint32_t address)
{
    return rom_flash_writable(rom->chip, address);
}

// Whether flash is still busy with an erase that the ROM has not waited for: then it takes nothing.
static bool is_busy(const struct rom *rom)
{
    return rom->erase_ends_at && rom_time_ms() < rom->erase_ends_at;
}

// How many bytes at the start of this write are not programmed.
static uint32_t lost_bytes(struct rom *rom, uint32_t address, uint32_t size)
{
    const struct rom_quirk *quirk =
        rom->has_read ? behaviour_quirk(rom, QUIRK_READ_LOSES_UNIT) : NULL;
    uint32_t lost = quirk ? quirk->number - address % quirk->number : 0;

    rom->has_read = false;
    return lost < size ? lost : size;
}

static void corrupt(const uint8_t *bytes, uint8_t *corrupted, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        corrupted[i] = i % 4 ? bytes[i] : (uint8_t)~bytes[i];
    }
}

static bool write_ram(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    uint8_t corrupted[256];

    if (size <= sizeof corrupted && behaviour_quirk(rom, QUIRK_RAM_WRITES_CORRUPTED)) {
        corrupt(bytes, corrupted, size);
        bytes = corrupted;
    }
    return rom_flash_write(rom->chip, address, bytes, size);
}

bool commands_write(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    bool flash = rom_flash_has(rom->chip, address);
    uint32_t lost = flash ? lost_bytes(rom, address, size) : 0;

    if (flash && is_busy(rom)) {
        return true;
    }
    if (!flash && !write_ram(rom, address, bytes, size)) {
        return false;
    }
    if (flash && lost < size &&
        !rom_flash_write(rom->chip, address + lost, bytes + lost, size - lost)) {
        return false;
    }
    rom->bytes_written += size;
    return true;
}

static void erase_page(struct rom *rom, unsigned number)
{
    if (is_busy(rom) || !rom_flash_erase(rom->chip, number)) {
        return;
    }
    rom->pages_erased++;
    const struct rom_quirk *quirk = behaviour_quirk(rom, QUIRK_ERASE_NOT_AWAITED);
    if (quirk) {
        rom->erase_ends_at = rom_time_ms() + quirk->number;
    }
}

bool commands_erase_pages(struct rom *rom, const uint16_t *numbers, unsigned count)
{
    if (!behaviour_erases(rom, count)) {
        return false;
    }
    for (unsigned i = 0; i < count && i < COMMANDS_PAGES; i++) {
        erase_page(rom, numbers[i]);
        if (count > 1 && behaviour_quirk(rom, QUIRK_ERASE_FIRST_PAGE_ONLY)) {
            return true;
        }
        if (i + 1 < count && rom_flash_second_bank(rom->chip, numbers[i]) &&
            behaviour_quirk(rom, QUIRK_ERASE_SECOND_BANK_ONCE)) {
            return false;
        }
    }
    return true;
}

bool commands_erase_all(struct rom *rom)
{
    if (behaviour_quirk(rom, QUIRK_MASS_ERASE_MISSING)) {
        return false;
    }
    rom_flash_erase_all(rom->chip);
    return true;
}

bool commands_erase_bank(struct rom *rom, unsigned bank)
{
    return !behaviour_quirk(rom, QUIRK_BANK_ERASE_REFUSED) && rom_flash_erase_bank(rom->chip, bank);
}
