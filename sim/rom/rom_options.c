// rom_options.c: programs option bytes, and what that does to the flash.
// SPDX-License-Identifier: MIT
#include "rom_options.h"

#include "behaviour.h"
#include "option_area.h"
#include "option_store.h"
#include "rom_flash.h"

enum {
    LEVEL_1 = 0xBB, // one of many values of RDP that are neither level 0 nor 2
    PAIR = 2,       // a first and a last page
};

bool rom_options_begin(const struct rom *rom, uint32_t address)
{
    return option_area_at(rom->chip, address, 1) != NULL;
}

bool rom_options_take(const struct rom *rom, uint32_t address)
{
    const struct option_area *area = option_store_area(rom->chip->device, address);

    return area && area->store != OPTION_STORE_READ_ONLY;
}

void rom_options_reset(struct rom *rom)
{
    chip_want_reset(rom->chip, rom->chip->device->flags_option ? RESET_OPTION : RESET_SOFTWARE);
}

// Fields that are kept and shown, and do nothing.
static void note_effects(const struct rom *rom, const struct flash_state *before)
{
    const struct option_layout *layout = rom->chip->device->option_layout;

    for (const struct option_field *field = layout->fields; field->name; field++) {
        uint32_t was = 0, is = 0;
        flash_state_field(before, field->address, field->mask, &was);
        flash_state_field(&rom->chip->option_area, field->address, field->mask, &is);
        if (was != is && field->risk != OPTION_RISK_READOUT && field->risk != OPTION_RISK_WRITE) {
            behaviour_note(rom, CONFIDENCE_INFERRED,
                           "what the new option bytes do besides protection is not modelled");
            return;
        }
    }
}

static void change_level(struct rom *rom, int was)
{
    int level = option_area_level(rom->chip);

    if (was == 1 && level == 0) {
        rom_flash_erase_all_protected(rom->chip);
        rom->protected = false;
    }
}

bool rom_options_write(struct rom *rom, uint32_t address, const uint8_t *bytes, uint32_t size)
{
    struct chip *chip = rom->chip;
    const struct option_area *area = option_store_area(chip->device, address);
    struct flash_state before = chip->option_area;
    int was = option_area_level(rom->chip);
    bool fits;

    if (!area || !option_store_take(&chip->option_area, chip->device, area, bytes, size, &fits)) {
        return false;
    }
    if (!fits) {
        behaviour_note(rom, CONFIDENCE_DOCUMENTED,
                       "an option byte whose complement does not fit counts as 0xFF");
    }
    option_area_spread(&chip->option_area, chip->device, area);
    change_level(rom, was);
    note_effects(rom, &before);
    return true;
}

static void put_level(struct rom *rom, uint32_t level)
{
    const struct readout_protection *readout = &rom->chip->device->readout_protection;

    if (readout->address) {
        option_area_put_bits(&rom->chip->option_area, rom->chip->device, readout->address,
                             readout->mask, level * (readout->mask & -readout->mask));
    }
}

void rom_options_protect_readout(struct rom *rom)
{
    rom->protected = true;
    put_level(rom, LEVEL_1);
}

void rom_options_unprotect_readout(struct rom *rom)
{
    if (behaviour_protection(rom)) { // only the way back from level 1 erases
        rom_flash_erase_all_protected(rom->chip);
    }
    rom->protected = false;
    put_level(rom, rom->chip->device->readout_protection.level_0);
    option_bits_unset(rom->chip, OPTION_RDP_LEVEL_1);
}

static bool counts(const struct rom *rom, const struct write_protection *one)
{
    uint32_t value = 0;

    if (one->condition.name == NULL) {
        return true;
    }
    flash_state_field(&rom->chip->option_area, one->condition.address, one->condition.mask, &value);
    return value * (one->condition.mask & -one->condition.mask) == one->condition.value;
}

// Numbers are those of bits, through all lists of them.
static void protect_bits(struct rom *rom, const struct write_protection *one, unsigned first,
                         const uint8_t *numbers, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        unsigned bit = numbers[i] - first;
        if (numbers[i] >= first && bit < one->count) {
            uint32_t mask = 1u << (one->first + bit);
            option_area_put_bits(&rom->chip->option_area, rom->chip->device, one->address, mask,
                                 one->protects ? mask : 0);
        }
    }
}

// The published code of the G0 takes pairs (STM32CubeG0 c7446f4,
// OPENBL_FLASH_EnableWriteProtection).
static void protect_area(struct rom *rom, const struct write_protection *one, const uint8_t *pair)
{
    uint32_t start = pair[0] * (one->start_mask & -one->start_mask);
    uint32_t end = pair[1] * (one->end_mask & -one->end_mask);

    option_area_put_bits(&rom->chip->option_area, rom->chip->device, one->address,
                         one->start_mask | one->end_mask,
                         (start & one->start_mask) | (end & one->end_mask));
}

void rom_options_protect_pages(struct rom *rom, const uint8_t *numbers, unsigned count)
{
    unsigned first = 0, pairs = 0;

    for (const struct write_protection *one = rom->chip->device->write_protections; one->name;
         one++) {
        if (!counts(rom, one)) {
            continue;
        }
        option_area_unprotect(&rom->chip->option_area, rom->chip->device, one);
        if (one->kind == PROTECTION_BITS) {
            protect_bits(rom, one, first, numbers, count);
            first += one->count;
        } else if (PAIR * ++pairs <= count) {
            protect_area(rom, one, numbers + PAIR * (pairs - 1));
        }
    }
}
