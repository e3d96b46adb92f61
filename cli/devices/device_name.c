// device_name.c: finds a device by its name, or says which ones could be meant.
// SPDX-License-Identifier: MIT
#include "device_name.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LIST_BYTES = 200, ENTRY_BYTES = 80 };

// The name's length without the x's at its end, which only stand for what is left open.
static size_t stem(const char *name)
{
    size_t length = strlen(name);
    while (length > 0 && tolower((unsigned char)name[length - 1]) == 'x') {
        length--;
    }
    return length;
}

static bool begins(const char *whole, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!device_letter_fits(whole[i], name[i])) {
            return false;
        }
    }
    return true;
}

// The slug, macro or ordering code of this device that begins so; NULL if none does.
static const char *beginning(const struct device *device, const char *name, size_t length)
{
    const char *const *const lists[] = {device->parts, device->codes};

    if (length == 0) {
        return NULL;
    }
    if (begins(device->slug, name, length)) {
        return device->slug;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (const char *const *whole = lists[i]; *whole != NULL; whole++) {
            if (begins(*whole, name, length)) {
                return *whole;
            }
        }
    }
    return NULL;
}

// Adds "SLUG (MACRO)" to the list; false if it has no room for it.
static bool add(char list[LIST_BYTES], const struct device *device, const char *begun)
{
    char entry[ENTRY_BYTES];
    size_t used = strlen(list);

    if (begun == device->slug) {
        snprintf(entry, sizeof entry, "%s%s", used ? ", " : "", device->slug);
    } else {
        snprintf(entry, sizeof entry, "%s%s (%s)", used ? ", " : "", device->slug, begun);
    }
    if (used + strlen(entry) >= LIST_BYTES) {
        return false;
    }
    snprintf(list + used, LIST_BYTES - used, "%s", entry);
    return true;
}

int device_name_find(const char *name, const char *verb, const struct device **device,
                     struct problem *problem)
{
    char list[LIST_BYTES] = "", more[32] = "", example[sizeof problem->try_this];
    const struct device *first = NULL;
    size_t count = 0, listed = 0;

    *device = device_find(name);
    if (*device != NULL) {
        return 0;
    }
    for (size_t i = 0; i < device_count; i++) {
        const char *begun = beginning(&devices[i], name, stem(name));
        if (begun == NULL) {
            continue;
        }
        first = first == NULL ? &devices[i] : first;
        // Once one does not fit, later ones would only seem to be all.
        listed += listed == count && add(list, &devices[i], begun);
        count++;
    }
    if (count < 2) {
        first = first == NULL ? device_nearest(name) : first;
        snprintf(example, sizeof example, "bootleap %s %s, or bootleap devices for all of them",
                 verb, first->slug);
        return problem_set(problem, EXIT_USAGE, example,
                           "\"%.40s\": no device, macro or ordering code of the table", name);
    }
    if (listed < count) {
        snprintf(more, sizeof more, " and %zu more", count - listed);
    }
    snprintf(example, sizeof example, "bootleap %s %s", verb, first->slug);
    return problem_set(problem, EXIT_SEVERAL_DEVICES, example, "\"%.40s\": %zu devices fit: %s%s",
                       name, count, list, more);
}

int device_name_find_option(const char *name, const struct device **device, struct problem *problem)
{
    char nearest[sizeof problem->try_this];

    *device = device_find(name);
    if (*device) {
        return 0;
    }
    snprintf(nearest, sizeof nearest, "--device %s", device_nearest(name)->slug);
    return problem_set(problem, EXIT_USAGE, nearest, "--device %s: not in the device table", name);
}
