// device_lookup.c: finds devices by name, by what a ROM answers, and pages by address.
// SPDX-License-Identifier: MIT
#include "devices.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

// Longer names are cut: no slug and no macro comes near.
#define NAME_MAX 31

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static bool same_text(const char *a, const char *b)
{
    while (*a != '\0' && same_letter(*a, *b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool device_letter_fits(char pattern, char letter)
{
    return pattern == 'x' ? isalnum((unsigned char)letter) : same_letter(pattern, letter);
}

// STM32H723ZGT6 fits STM32H723xx, and so does STM32H723. Returns how many letters of the pattern
// are in the name as they stand: the more, the better it fits; 0 if it does not.
static size_t fits_pattern(const char *name, const char *pattern)
{
    size_t same = 0;
    while (*name != '\0' && *pattern != '\0') {
        if (!device_letter_fits(*pattern, *name)) {
            return 0;
        }
        same += *pattern != 'x';
        name++;
        pattern++;
    }
    while (*pattern == 'x') {
        pattern++;
    }
    while (isalnum((unsigned char)*name)) {
        name++;
    }
    return *name == '\0' && *pattern == '\0' ? same : 0;
}

static size_t fits_list(const char *name, const char *const *patterns)
{
    size_t best = 0;
    for (; *patterns != NULL; patterns++) {
        size_t fit = same_text(name, *patterns) ? SIZE_MAX : fits_pattern(name, *patterns);
        if (fit > best) {
            best = fit;
        }
    }
    return best;
}

static size_t fits_device(const char *name, const struct device *device)
{
    size_t by_part = fits_list(name, device->parts), by_code = fits_list(name, device->codes);
    if (same_text(name, device->slug)) {
        return SIZE_MAX;
    }
    return by_part > by_code ? by_part : by_code;
}

const struct device *device_find(const char *name)
{
    const struct device *found = NULL;
    size_t best = 0;
    for (size_t i = 0; i < device_count; i++) {
        size_t fit = fits_device(name, &devices[i]);
        if (fit > best) {
            best = fit;
            found = &devices[i];
        }
    }
    return found;
}

// The number of letters to change, add or drop to turn `name` into `wanted` (Levenshtein).
// One row of the table is kept: row[j] is the distance to the first j letters of `wanted`.
static size_t distance(const char *name, const char *wanted)
{
    size_t row[NAME_MAX + 1];
    size_t width = strnlen(wanted, NAME_MAX);
    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 0; i < NAME_MAX && name[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= width; j++) {
            bool same = same_letter(name[i], wanted[j - 1]);
            size_t best = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            if (row[j] + 1 < best) {
                best = row[j] + 1;
            }
            if (row[j - 1] + 1 < best) {
                best = row[j - 1] + 1;
            }
            row[j] = best;
        }
    }
    return row[width];
}

// How unlike two names are: by letters to change, and where that is equal, by where they part.
static size_t unlikeness(const char *name, const char *wanted)
{
    size_t shared = 0;
    while (shared < NAME_MAX && name[shared] != '\0' && same_letter(name[shared], wanted[shared])) {
        shared++;
    }
    return distance(name, wanted) * (NAME_MAX + 1) + NAME_MAX - shared;
}

static size_t distance_to_device(const char *name, const struct device *device)
{
    size_t best = unlikeness(name, device->slug);
    for (const char *const *part = device->parts; *part != NULL; part++) {
        size_t this_part = unlikeness(name, *part);
        if (this_part < best) {
            best = this_part;
        }
    }
    return best;
}

const struct device *device_nearest(const char *name)
{
    const struct device *nearest = &devices[0];
    size_t best = distance_to_device(name, nearest);
    for (size_t i = 1; i < device_count; i++) {
        size_t this_device = distance_to_device(name, &devices[i]);
        if (this_device < best) {
            best = this_device;
            nearest = &devices[i];
        }
    }
    return nearest;
}

const struct device *device_by_product(uint16_t product, const struct device *after)
{
    size_t first = after == NULL ? 0 : (size_t)(after - devices) + 1;
    for (size_t i = first; i < device_count; i++) {
        if (product != 0 && devices[i].product == product) {
            return &devices[i];
        }
    }
    return NULL;
}

bool device_page(const struct device *device, uint32_t address, unsigned *number,
                 struct region *page)
{
    for (const struct page_run *run = device->pages; run->count != 0; run++) {
        if (address < run->start || address - run->start >= run->count * run->size) {
            continue;
        }
        uint32_t index = (address - run->start) / run->size;
        *number = run->first_number + index;
        *page = (struct region){"page", run->start + index * run->size, run->size};
        return true;
    }
    return false;
}

bool device_version_in(const uint16_t *versions, uint16_t version)
{
    bool all = *versions == 0;

    while (*versions && *versions != version) {
        versions++;
    }
    return all || *versions;
}

uint16_t device_newest_rom(const struct device *device)
{
    uint16_t newest = 0;

    for (const uint16_t *id = device->rom_ids; *id; id++) {
        newest = *id;
    }
    return newest;
}
