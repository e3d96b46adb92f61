// dfu_strings.c: writes the memories of a chip as ST's DFU tells them, and its serial number.
// SPDX-License-Identifier: MIT
//
// UM0424, Section 4.3.2. A letter says what can be done: a read, e read and write, g erase too.
#include "dfu_strings.h"

#include "behaviour.h"

#include <stdio.h>
#include <string.h>

enum { KB = 1024, DIGITS_MOST = 8 }; // a number with leading zeroes has fewer digits

static size_t add(char *text, size_t used, size_t room, const char *more)
{
    return used + (size_t)snprintf(text + used, room > used ? room - used : 0, "%s", more);
}

// "04*016Kg" into `one`.
static void describe_run(const struct rom_dfu *dfu, unsigned count, uint32_t size, char *one,
                         size_t room)
{
    const char *unit = size % KB == 0 ? "K" : dfu->bare_bytes ? "" : " ";
    int count_digits = dfu->count_digits % DIGITS_MOST,
        size_digits = dfu->size_digits % DIGITS_MOST;

    snprintf(one, room, "%0*u*%0*u%sg", count_digits, count, size_digits,
             (unsigned)(size % KB == 0 ? size / KB : size), unit);
}

// How many sectors of this size follow each other from here on; *run becomes the next other one.
static unsigned count_sectors(const struct page_run **run)
{
    const struct page_run *first = *run;
    unsigned count = 0;

    while ((*run)->count && (*run)->size == first->size &&
           (*run)->start == first->start + count * first->size) {
        count += (*run)->count;
        (*run)++;
    }
    return count;
}

// Whose flash it tells: that of this chip, which may have less than its row, or of the largest one.
static const struct device *whose_flash(const struct rom *rom)
{
    const struct device *chip = rom->chip->device, *row = device_find(chip->slug);
    bool known = chip->dfu.tells_largest, largest = known || rom->worst;

    if (row == NULL || chip->flash.size == row->flash.size) {
        return chip;
    }
    behaviour_note(rom, known ? behaviour_confidence(chip, "dfu") : CONFIDENCE_INFERRED,
                   largest ? "it tells the flash of the largest chip of its line"
                           : "it tells as much flash as this chip has");
    return largest ? row : chip;
}

// How many of these sectors there are. There may be a second bank whose pages have no number that
// anybody has published.
static unsigned sectors_there(const struct device *device, const struct page_run *first,
                              unsigned count, bool is_last)
{
    uint32_t offset = first->start - device->flash.start;
    unsigned there = offset < device->flash.size ? (device->flash.size - offset) / first->size : 0;

    return there < count || is_last ? there : count;
}

// The size of a sector that it tells.
static uint32_t told_size(const struct rom_quirk *wrong, uint32_t size)
{
    if (!wrong) {
        return size;
    }
    return wrong->number ? wrong->number * KB : 2 * size; // which size is wrong, nobody says
}

void dfu_strings_flash(const struct rom *rom, char *text, size_t room)
{
    const struct device *device = whose_flash(rom);
    const struct rom_quirk *wrong = behaviour_quirk(rom, QUIRK_DFU_WRONG_SECTORS);
    const struct page_run *run = device->pages;
    uint32_t end = 0;
    char one[32];
    size_t used = add(text, 0, room, device->dfu.flash);

    while (run->count) {
        const struct page_run *first = run;
        unsigned count = count_sectors(&run);
        count = sectors_there(device, first, count, run->count == 0);
        if (count == 0) {
            break;
        }
        snprintf(one, sizeof one, first->start == end ? "," : "/0x%08X/", (unsigned)first->start);
        used = add(text, used, room, one);
        describe_run(&device->dfu, count, told_size(wrong, first->size), one, sizeof one);
        used = add(text, used, room, one);
        end = first->start + count * first->size;
    }
}

void dfu_strings_memory(const struct rom *rom, const char *row, char *text, size_t room)
{
    snprintf(text, room, "%s", row);
    if (!behaviour_quirk(rom, QUIRK_DFU_MEMORIES_ERASABLE)) {
        return;
    }
    for (char *letter = strchr(text, '*'); letter && *letter; letter++) {
        bool ends = letter[1] == '\0' || letter[1] == ',' || letter[1] == '/';
        if (*letter == 'e' && ends) {
            *letter = 'g';
        }
    }
}

void dfu_strings_unique_id(const struct chip *chip, bool ends_with_last, char *text, size_t room)
{
    const struct device *device = chip->device;
    const struct memory *memory = &chip->memory;
    bool known = device->uid != 0; // nobody knows where it is: it counts as 0
    uint32_t first = known ? memory_word(memory, device->uid) : 0;
    uint32_t middle = known ? memory_word(memory, device->uid + 4) : 0;
    uint32_t last = known ? memory_word(memory, device->uid_last) : 0;

    snprintf(text, room, "%08X%04X", (unsigned)(first + last),
             (unsigned)((ends_with_last ? last : middle) >> 16));
}

void dfu_strings_serial(const struct rom *rom, char *text, size_t room)
{
    const struct rom_dfu *dfu = &rom->chip->device->dfu;

    if (dfu->serial == DFU_SERIAL_FIXED) {
        snprintf(text, room, "%s", dfu->serial_text);
    } else {
        dfu_strings_unique_id(rom->chip, dfu->serial == DFU_SERIAL_LAST, text, room);
    }
}
