// bootleap_image.c: finds bootleap in an image by the words that its departure reads.
// SPDX-License-Identifier: MIT
//
// The departure is one piece of assembly with its words behind it, so every compiler and level
// leaves them as they are: the mark, its address, the address of MPU_CTRL, the key of AIRCR; and
// later the key that feeds the watchdog, with the ROM's vector table behind it.
#include "bootleap_image.h"

static const uint32_t MPU_CTRL = 0xE000ED94, AIRCR_RESET = 0x05FA0004, IWDG_FEED = 0xAAAA;

enum { WORDS_BEHIND = 24 };

static bool word_at(const struct firmware *firmware, uint32_t address, uint32_t *word)
{
    const uint8_t *bytes = code_map_bytes(&firmware->map, address, 4);

    if (!bytes) {
        return false;
    }
    *word = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
            (uint32_t)bytes[3] << 24;
    return true;
}

static bool word_is(const struct firmware *firmware, uint32_t address, uint32_t expected)
{
    uint32_t word;

    return word_at(firmware, address, &word) && word == expected;
}

static uint32_t find_rom(const struct firmware *firmware, uint32_t words)
{
    uint32_t rom = 0;

    for (uint32_t i = 4; i < WORDS_BEHIND; i++) {
        if (word_is(firmware, words + 4 * i, IWDG_FEED)) {
            return word_at(firmware, words + 4 * i + 4, &rom) ? rom : 0;
        }
    }
    return 0;
}

static bool find_words(const struct firmware *firmware, const struct code_region *region,
                       struct bootleap_image *image)
{
    for (uint32_t offset = -region->address & 3u; offset + 16 <= region->size; offset += 4) {
        uint32_t address = region->address + offset;
        if (word_is(firmware, address, BOOTLEAP_MARK_WORD) &&
            word_is(firmware, address + 8, MPU_CTRL) &&
            word_is(firmware, address + 12, AIRCR_RESET)) {
            image->words = address;
            image->rom = find_rom(firmware, address);
            return word_at(firmware, address + 4, &image->mark);
        }
    }
    return false;
}

static uint32_t function_called(const struct firmware *firmware, const char *name)
{
    const struct symbol *symbol = image_symbol(&firmware->image, name);

    return symbol ? symbol->address : 0;
}

struct bootleap_image bootleap_image_find(const struct firmware *firmware)
{
    struct bootleap_image image = {.found = false};

    for (size_t i = 0; i < firmware->map.count && !image.found; i++) {
        image.found = find_words(firmware, &firmware->map.regions[i], &image);
    }
    if (!image.found) {
        return image;
    }
    image.depart = function_called(firmware, "bootleap_depart");
    image.on_reset = function_called(firmware, "bootleap_on_reset");
    image.enter = function_called(firmware, "bootleap_enter");
    image.jump = function_called(firmware, "bootleap_jump");
    return image;
}

bool bootleap_image_departs(const struct bootleap_image *image, const struct firmware *firmware,
                            uint32_t pc)
{
    uint32_t start, words;

    if (!image->found || !firmware_function(firmware, pc, &start)) {
        return false;
    }
    if (image->depart) {
        return start == image->depart;
    }
    return firmware_function(firmware, image->words, &words) && start == words;
}

bool bootleap_image_uses(const struct firmware *firmware, uint32_t address)
{
    for (size_t i = 0; i < firmware->scan.call_count; i++) {
        if (firmware->scan.calls[i].target == address) {
            return true;
        }
    }
    for (size_t i = 0; i < firmware->map.count; i++) {
        const struct code_region *region = &firmware->map.regions[i];
        for (uint32_t offset = -region->address & 3u; offset + 4 <= region->size; offset += 4) {
            if (word_is(firmware, region->address + offset, address | 1)) {
                return true;
            }
        }
    }
    return false;
}
