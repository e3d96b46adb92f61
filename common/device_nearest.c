// device_nearest.c: finds the device that a mistyped name is nearest to.
// SPDX-License-Identifier: MIT
#include "device_typed.h"
#include "devices.h"

#include <stdint.h>
#include <string.h>

// Longer names are cut: no slug and no macro comes near. One wrong letter in three is too many for
// a hint, and so are more than two: f2 is no hint for mp157.
enum { NAME_MOST = 31, WRONG_MOST = 2, LETTERS_A_WRONG_ONE = 3 };

static const char st[] = "STM32";

// The number of letters to change, add or drop to turn `name` into `wanted` (Levenshtein), where an
// x of `wanted` is any letter. One row of the table is kept: row[j] is the distance to the first j
// letters of `wanted`.
static size_t distance(const char *name, const char *wanted)
{
    size_t row[NAME_MOST + 1];
    size_t width = strnlen(wanted, NAME_MOST);
    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 0; i < NAME_MOST && name[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= width; j++) {
            size_t best = diagonal + (device_letter_fits(wanted[j - 1], name[i]) ? 0 : 1);
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

// Whether two neighbours that changed places are all that differs: h732 and h723.
static bool is_swapped(const char *name, const char *wanted)
{
    while (*name != '\0' && device_letter_fits(*wanted, *name)) {
        name++;
        wanted++;
    }
    return *name != '\0' && *wanted != '\0' && device_letter_fits(wanted[1], name[0]) &&
           device_letter_fits(wanted[0], name[1]) && device_same_name(name + 2, wanted + 2);
}

// How unlike two names are: by letters to change, and where that is equal, by where they part.
// SIZE_MAX where they are so unlike that one is no hint for the other.
static size_t unlikeness(const char *name, const char *wanted)
{
    size_t shared = 0, wrong = is_swapped(name, wanted) ? 1 : distance(name, wanted);
    if (wrong > WRONG_MOST || wrong * LETTERS_A_WRONG_ONE > strlen(wanted)) {
        return SIZE_MAX;
    }
    while (shared < NAME_MOST && name[shared] != '\0' &&
           device_letter_fits(wanted[shared], name[shared])) {
        shared++;
    }
    return wrong * (NAME_MOST + 1) + NAME_MOST - shared;
}

static size_t unlikeness_of_device(const char *name, const char *typed, const struct device *device)
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
        if (device_letter_fits(devices[i].parts[0][sizeof st - 1], typed[sizeof st - 1])) {
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
    if (device_name_begins(name, st) && !series_is_known(typed)) {
        return NULL;
    }
    for (size_t i = 0; i < device_count; i++) {
        size_t this_device = unlikeness_of_device(name, typed, &devices[i]);
        if (this_device < best) {
            best = this_device;
            nearest = &devices[i];
        }
    }
    return nearest;
}
