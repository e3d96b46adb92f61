// device_lookup.c: finds devices by name, by what a ROM answers, and pages by address.
// SPDX-License-Identifier: MIT
#include "devices.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Longer names are cut: no slug and no macro comes near.
#define NAME_MAX 31

// How long a name is that ends with the flash size: STM32, the line, the pins and that.
#define UP_TO_FLASH_SIZE 11

static const char st[] = "STM32";

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

static bool has_prefix(const char *name, const char *prefix)
{
    while (*prefix != '\0' && same_letter(*name, *prefix)) {
        name++;
        prefix++;
    }
    return *prefix == '\0';
}

void device_typed_name(const char *name, char typed[DEVICE_NAME_BYTES])
{
    static const char *const boards[] = {"P-NUCLEO-", "NUCLEO-", "B-"};
    static const char *const tails[] = {"-DISCO", "-DK", "-EVAL"};
    const char *tail = name + strcspn(name, "-");
    bool board = false;

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        board |= has_prefix(tail, tails[i]);
    }
    for (size_t i = 0; i < sizeof boards / sizeof *boards; i++) {
        bool begins = has_prefix(name, boards[i]);
        name += begins ? strlen(boards[i]) : 0;
        board |= begins;
    }
    // What stands behind the dash of a board is not of the part: STM32F746G-DISCO.
    int length = (int)(board ? strcspn(name, "-") : strlen(name));
    if (length > DEVICE_NAME_BYTES - (int)sizeof st) {
        length = DEVICE_NAME_BYTES - (int)sizeof st;
    }
    snprintf(typed, DEVICE_NAME_BYTES, "%s%.*s", has_prefix(name, st) ? "" : st, length, name);
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

// What all packages lack that a name with pins and flash size, but no package, can stand for; NULL
// if they differ: STM32H743ZI.
static const char *all_packages_lack(const struct device *device, const char *typed)
{
    const char *lacks = NULL;
    size_t length = strlen(typed);

    for (const struct package_pins *one = device->packages; one->code != NULL; one++) {
        char begins[DEVICE_NAME_BYTES];
        snprintf(begins, sizeof begins, "%.*s", (int)length, one->code);
        if (length < UP_TO_FLASH_SIZE || fits_pattern(typed, begins) == 0) {
            continue;
        }
        if (lacks != NULL && strcmp(lacks, one->lacks) != 0) {
            return NULL;
        }
        lacks = one->lacks;
    }
    return lacks;
}

const char *device_package_lacks(const struct device *device, const char *code)
{
    char typed[DEVICE_NAME_BYTES];
    const struct package_pins *found = NULL;
    size_t best = 0;

    device_typed_name(code, typed);
    typed[strcspn(typed, "-")] = '\0'; // STM32L151CB-A
    for (const struct package_pins *one = device->packages; one->code != NULL; one++) {
        size_t fit = strlen(typed) < strlen(one->code) ? 0 : fits_pattern(typed, one->code);
        if (fit > best) {
            best = fit;
            found = one;
        }
    }
    return found != NULL ? found->lacks : all_packages_lack(device, typed);
}

static const struct device *find(const char *name)
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

// In no name of a part do four digits follow each other: f4055 is f405, mistyped.
static bool is_mistyped(const char *typed)
{
    size_t digits = 0;

    for (const char *letter = typed; *letter != '\0' && digits < 4; letter++) {
        digits = isdigit((unsigned char)*letter) ? digits + 1 : 0;
    }
    return digits == 4;
}

const struct device *device_find(const char *name)
{
    char typed[DEVICE_NAME_BYTES];
    const struct device *found = find(name);

    if (found == NULL) {
        device_typed_name(name, typed);
        found = is_mistyped(typed) ? NULL : find(typed);
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

static size_t distance_to_device(const char *name, const char *typed, const struct device *device)
{
    size_t best = unlikeness(name, device->slug);
    for (const char *const *part = device->parts; *part != NULL; part++) {
        size_t this_part = unlikeness(typed, *part);
        if (this_part < best) {
            best = this_part;
        }
    }
    return best;
}

// Whether a part of the table has the letter behind STM32 that this name has.
static bool series_is_known(const char *typed)
{
    for (size_t i = 0; i < device_count; i++) {
        if (same_letter(devices[i].parts[0][sizeof st - 1], typed[sizeof st - 1])) {
            return true;
        }
    }
    return false;
}

const struct device *device_nearest(const char *name)
{
    char typed[DEVICE_NAME_BYTES];
    const struct device *nearest = NULL;
    size_t best = SIZE_MAX;

    device_typed_name(name, typed);
    // STM32MP157 is like no device of the table, however few letters it takes to get to one.
    if (has_prefix(name, st) && !series_is_known(typed)) {
        return NULL;
    }
    for (size_t i = 0; i < device_count; i++) {
        size_t this_device = distance_to_device(name, typed, &devices[i]);
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
