// device_name.c: finds a device by its name, or says which ones could be meant.
// SPDX-License-Identifier: MIT
#include "device_name.h"

#include "device_typed.h"

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

// Whether `whole` begins with these letters of a name. An x on either side is any letter: in
// STM32F412xG it stands for the pins.
static bool begins(const char *whole, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool fits = device_letter_fits(whole[i], name[i]) || device_letter_fits(name[i], whole[i]);
        if (!fits) {
            return false;
        }
    }
    return true;
}

// The slug, macro or ordering code of this device that begins so; NULL if none does.
static const char *beginning(const struct device *device, const char *name)
{
    const char *const *const lists[] = {device->parts, device->codes};
    char typed[DEVICE_NAME_BYTES];

    if (stem(name) == 0) {
        return NULL;
    }
    if (begins(device->slug, name, stem(name))) {
        return device->slug;
    }
    device_typed_name(name, typed);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (const char *const *whole = lists[i]; *whole != NULL; whole++) {
            if (begins(*whole, typed, stem(typed))) {
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

// The devices that a name is the beginning of.
struct begun {
    const struct device *first;
    size_t count;
    size_t listed; // that `list` has room for
    char list[LIST_BYTES];
};

static void find_begun(const char *name, struct begun *begun)
{
    *begun = (struct begun){0};
    for (size_t i = 0; i < device_count; i++) {
        const char *whole = beginning(&devices[i], name);
        if (whole == NULL) {
            continue;
        }
        begun->first = begun->first == NULL ? &devices[i] : begun->first;
        // Once one does not fit, later ones would only seem to be all.
        begun->listed += begun->listed == begun->count && add(begun->list, &devices[i], whole);
        begun->count++;
    }
}

static int none(const char *name, const struct device_asked *asked, struct problem *problem)
{
    char example[sizeof problem->try_this];
    const struct device *nearest = device_nearest(name);

    if (nearest != NULL) {
        snprintf(example, sizeof example, "%s %s, or %s for all of them", asked->again,
                 nearest->slug, asked->all);
    } else {
        snprintf(example, sizeof example, "%s for all of them", asked->all);
    }
    return problem_set(problem, EXIT_USAGE, example,
                       "\"%.40s\": no device, macro or ordering code of the table", name);
}

int device_name_find(const char *name, const struct device_asked *asked,
                     const struct device **device, struct problem *problem)
{
    char more[32] = "", example[sizeof problem->try_this];
    struct begun begun;

    if (*name == '\0') {
        snprintf(example, sizeof example, "%s for all of them", asked->all);
        return problem_set(problem, EXIT_USAGE, example, "the name of the device: it is empty");
    }
    *device = device_find(name);
    if (*device != NULL) {
        return 0;
    }
    find_begun(name, &begun);
    if (begun.count == 0) {
        return none(name, asked, problem);
    }
    if (begun.count == 1) {
        *device = begun.first;
        return 0;
    }
    if (begun.listed < begun.count) {
        snprintf(more, sizeof more, " and %zu more", begun.count - begun.listed);
    }
    snprintf(example, sizeof example, "%s %s", asked->again, begun.first->slug);
    return problem_set(problem, EXIT_SEVERAL_DEVICES, example, "\"%.40s\": %zu devices fit: %s%s",
                       name, begun.count, begun.list, more);
}

int device_name_find_option(const char *name, const char *all, const struct device **device,
                            struct problem *problem)
{
    struct device_asked asked = {"--device", all};

    if (device_name_find(name, &asked, device, problem)) {
        problem->code = EXIT_USAGE;
        return EXIT_USAGE;
    }
    return 0;
}
