// chip_options.c: option bytes and flash size register of a chip as the factory delivers it.
// SPDX-License-Identifier: MIT
#include "chip.h"

#include <string.h>

enum { WORD_BYTES = 4 };

// Areas may share bytes.
static void put(struct second_rom_config *config, uint32_t address, uint32_t mask, uint32_t value)
{
    for (uint32_t i = 0; i < WORD_BYTES; i++) {
        uint8_t bits = (uint8_t)(mask >> 8 * i);
        for (int area = 0; area < SECOND_ROM_AREAS; area++) {
            struct second_rom_options *one = &config->options[area];
            uint32_t offset = address + i - one->start;
            if (bits && offset < one->size) {
                one->bytes[offset] =
                    (uint8_t)((one->bytes[offset] & ~bits) | ((value >> 8 * i) & bits));
            }
        }
    }
}

static void put_size(const struct chip_kind *kind, struct second_rom_config *config)
{
    const struct device *device = kind->device;
    unsigned kb = kind->kb ? kind->kb : device->flash.size / 1024, content = kb;

    for (const struct size_code *code = device->size_codes; code->kb; code++) {
        content = code->kb == kb ? code->code : content;
    }
    put(config, device->flash_size_register, 0xFFFF, content);
}

static void put_no_protection(const struct device *device, struct second_rom_config *config)
{
    const struct readout_protection *readout = &device->readout_protection;

    put(config, readout->address, readout->mask,
        readout->level_0 * (readout->mask & -readout->mask));
    const struct write_protection *one = device->write_protections;
    while (one->name) {
        one++;
    }
    while (one-- != device->write_protections) { // what counts at the factory is there first
        put(config, one->condition.address, one->condition.mask, one->condition.value);
        if (one->kind == PROTECTION_AREA) { // none where it begins behind its end
            put(config, one->address, one->start_mask | one->end_mask, one->start_mask);
        } else {
            uint64_t bits = (((uint64_t)1 << one->count) - 1) << one->first;
            put(config, one->address, (uint32_t)bits, one->protects ? 0 : UINT32_MAX);
        }
    }
}

// What protects the first pages, where one entry of the row does.
static void put_protection(const struct chip_kind *kind, struct second_rom_config *config)
{
    const struct readout_protection *readout = &kind->device->readout_protection;
    const struct write_protection *one = kind->device->write_protections;

    if (kind->level_1) {
        put(config, readout->address, readout->mask, 0x55555555);
    }
    while (one->name && one->page) {
        one++;
    }
    if (kind->protected_pages == 0 || one->name == NULL) {
        return;
    }
    if (one->kind == PROTECTION_BITS) {
        put(config, one->address, 1u << one->first, one->protects ? UINT32_MAX : 0);
    } else {
        uint32_t last = kind->protected_pages - 1;
        put(config, one->address, one->start_mask | one->end_mask,
            last * (one->end_mask & -one->end_mask));
    }
}

void chip_set_options(const struct chip_kind *kind, struct second_rom_config *config)
{
    const struct device *device = kind->device;
    const struct chip_layout *layout = kind->layout;

    for (int i = 0; i < SECOND_ROM_AREAS && device->readable[i].size; i++) {
        config->options[i].start = device->readable[i].start;
        config->options[i].size = device->readable[i].size;
        memset(config->options[i].bytes, 0xFF, sizeof config->options[i].bytes);
    }
    put_size(kind, config);
    put_no_protection(device, config);
    put(config, device->bank_swap.address, device->bank_swap.mask,
        kind->swapped ? device->bank_swap.value : ~device->bank_swap.value);
    for (const struct chip_layout *first = device->layouts; layout == NULL && first->kb; first++) {
        bool fits = first->kb == (kind->kb ? kind->kb : device->flash.size / 1024);
        layout = fits ? first : NULL;
    }
    put_protection(kind, config);
    if (layout) {
        put(config, layout->condition.address, layout->condition.mask, layout->condition.value);
    }
}
