// pin_list.c: collects the pins of all interfaces, joins what is the same, and sorts.
// SPDX-License-Identifier: MIT
#include "pin_list.h"

#include <stdlib.h>
#include <string.h>

uint32_t pin_list_all_versions(const struct device *device)
{
    uint32_t all = 0;
    for (size_t i = 0; device->rom_ids[i] != 0; i++) {
        all |= UINT32_C(1) << i;
    }
    return all;
}

static uint32_t versions_of(const struct device *device, const struct rom_interface *interface)
{
    uint32_t versions = 0;
    if (interface == NULL || interface->versions[0] == 0) {
        return pin_list_all_versions(device);
    }
    for (size_t i = 0; device->rom_ids[i] != 0; i++) {
        for (const uint16_t *version = interface->versions; *version != 0; version++) {
            versions |= (uint32_t)(*version == device->rom_ids[i]) << i;
        }
    }
    return versions;
}

static const char *name_of(const struct pin_use *use)
{
    return use->interface == NULL ? "" : use->interface->name;
}

static unsigned address_of(const struct pin_use *use)
{
    return use->interface == NULL ? 0 : use->interface->address;
}

static bool same_but_versions(const struct pin_use *a, const struct pin_use *b)
{
    return strcmp(a->pin, b->pin) == 0 && strcmp(name_of(a), name_of(b)) == 0 &&
           strcmp(a->signal, b->signal) == 0 && strcmp(a->packages, b->packages) == 0 &&
           address_of(a) == address_of(b) && a->mode == b->mode && a->pull == b->pull;
}

static void add(struct pin_use *uses, size_t *count, const struct device *device,
                const struct rom_interface *interface, const struct rom_pin *pin)
{
    struct pin_use use = {
        .pin = pin->pin,
        .interface = interface,
        .signal = pin->signal,
        .mode = pin->mode,
        .pull = pin->pull,
        .packages = interface == NULL ? "" : interface->packages,
        .versions = versions_of(device, interface),
    };
    for (size_t i = 0; i < *count; i++) {
        if (same_but_versions(&uses[i], &use)) {
            uses[i].versions |= use.versions;
            return;
        }
    }
    uses[(*count)++] = use;
}

// "PD8" is port D, number 8.
static int compare_pins(const char *a, const char *b)
{
    if (a[0] == 'P' && b[0] == 'P' && a[1] == b[1]) {
        unsigned long number_a = strtoul(a + 2, NULL, 10), number_b = strtoul(b + 2, NULL, 10);
        if (number_a != number_b) {
            return number_a < number_b ? -1 : 1;
        }
    }
    return strcmp(a, b);
}

static int compare(const void *left, const void *right)
{
    const struct pin_use *a = left, *b = right;
    int order = compare_pins(a->pin, b->pin);
    if (order == 0) {
        order = strcmp(name_of(a), name_of(b));
    }
    if (order == 0) {
        order = strcmp(a->signal, b->signal);
    }
    if (order == 0) {
        order = strcmp(a->packages, b->packages);
    }
    // Older versions have the lower bits.
    return order != 0 ? order : (a->versions > b->versions) - (a->versions < b->versions);
}

static size_t length(const struct rom_pin *pins)
{
    size_t count = 0;
    while (pins[count].signal != NULL) {
        count++;
    }
    return count;
}

static size_t most(const struct device *device)
{
    size_t count = 1 + length(device->unused_pins); // calloc may answer 0 with NULL
    for (const struct rom_interface *i = device->interfaces; i->name != NULL; i++) {
        count += length(i->pins);
    }
    return count;
}

struct pin_use *pin_list(const struct device *device, size_t *count)
{
    struct pin_use *uses = calloc(most(device), sizeof *uses);
    *count = 0;
    if (uses == NULL) {
        return NULL;
    }
    for (const struct rom_interface *i = device->interfaces; i->name != NULL; i++) {
        for (const struct rom_pin *pin = i->pins; pin->signal != NULL; pin++) {
            add(uses, count, device, i, pin);
        }
    }
    for (const struct rom_pin *pin = device->unused_pins; pin->signal != NULL; pin++) {
        add(uses, count, device, NULL, pin);
    }
    qsort(uses, *count, sizeof *uses, compare);
    return uses;
}

void pin_list_mark(struct pin_use *uses, size_t count, const struct device_package *package)
{
    for (size_t i = 0; i < count; i++) {
        uses[i].missing = device_pins_have(package->lacks, uses[i].pin);
        uses[i].doubtful = device_pins_have(package->may_lack, uses[i].pin);
    }
}
