// check_ways.c: which ways to a branch count: those that no longer way includes.
// SPDX-License-Identifier: MIT
#include "check_ways.h"

static bool is_in(const struct firmware *firmware, uint32_t address, uint32_t function)
{
    uint32_t start;

    return firmware_function(firmware, address, &start) && start == function;
}

// Whether the longer way calls `root`, or begins there. A function that another one jumps to has no
// frame: it is known where it calls something, or holds the branch itself.
static bool leads_through(const struct firmware *firmware, const struct rom_entry *longer,
                          uint32_t root)
{
    if (longer->root == root || is_in(firmware, longer->pc, root)) {
        return true;
    }
    for (const struct frame *frame = longer->frames; frame; frame = frame->caller) {
        if (frame->callee == root) {
            return true;
        }
    }
    for (const struct event *event = longer->events; event; event = event->before) {
        if (event->kind == EVENT_CALL &&
            (event->address == root || is_in(firmware, event->pc, root))) {
            return true;
        }
    }
    return false;
}

// A pointer that is looked for.
struct sought {
    const struct firmware *firmware;
    uint32_t pointer, user;
};

static bool is_another(void *context, const struct code_region *region, uint32_t at, uint32_t word)
{
    const struct sought *sought = context;

    return word != sought->pointer || is_in(sought->firmware, region->address + at, sought->user);
}

// Whether some word of the program is a pointer to this function. One in the code of `user`, where
// the longer way begins, is how that one jumps to it.
static bool is_pointed_to(const struct firmware *firmware, uint32_t function, uint32_t user)
{
    struct sought sought = {firmware, function | 1u, user};

    return !code_map_words(&firmware->map, is_another, &sought);
}

// The way of one begins above where that of the other begins.
static bool is_longer(const struct firmware *firmware, const struct rom_entry *one,
                      const struct rom_entry *entry)
{
    return one->pc == entry->pc && one->root != entry->root &&
           (one->finished || !entry->finished) && leads_through(firmware, one, entry->root) &&
           (one->origin == ORIGIN_RESET || !leads_through(firmware, entry, one->root));
}

// A walk that began higher and did not come to its end says less than one from a function on its
// way that did: what callers do is "as it was found" to that one.
static bool is_seen_below(const struct walk *walk, const struct rom_entry *entry)
{
    for (size_t i = 0; i < walk->entry_count && !entry->finished; i++) {
        const struct rom_entry *one = &walk->entries[i];
        if (one->pc == entry->pc && one->origin == ORIGIN_APPLICATION && one->finished &&
            one->level < entry->level && leads_through(walk->firmware, entry, one->root)) {
            return true;
        }
    }
    return false;
}

bool check_way_is_seen_better(const struct walk *walk, const struct rom_entry *entry)
{
    for (size_t i = 0; i < walk->entry_count; i++) {
        const struct rom_entry *one = &walk->entries[i];
        if (one->pc == entry->pc && one->origin == ORIGIN_APPLICATION && one->finished) {
            return entry->origin == ORIGIN_RESET && !entry->finished;
        }
    }
    return false;
}

static bool names_rom(const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        if (firmware->scan.sites[i].kind == SITE_ROM_NUMBER) {
            return true;
        }
    }
    return false;
}

// A jump by a table that is not known, in a program without any address of a ROM: a loader's, to an
// application.
static bool is_loader(const struct firmware *firmware, const struct rom_entry *entry)
{
    return entry->target.source == SOURCE_POINTED && entry->core.msp.source == SOURCE_POINTED &&
           !names_rom(firmware);
}

bool check_way_is_covered(const struct walk *walk, const struct rom_entry *entry)
{
    const struct firmware *firmware = walk->firmware;

    if (is_loader(firmware, entry)) {
        return true;
    }
    if (entry->origin == ORIGIN_RESET) {
        return false;
    }
    if (is_seen_below(walk, entry)) {
        return true;
    }
    for (size_t i = 0; i < walk->entry_count; i++) {
        const struct rom_entry *one = &walk->entries[i];
        if (is_longer(firmware, one, entry) &&
            (entry->root == firmware->reset || !is_pointed_to(firmware, entry->root, one->root))) {
            return true;
        }
    }
    return false;
}

bool check_way_is_for_another(const struct device *device, const struct rom_entry *entry)
{
    enum { DEV_ID = 0xFFF };

    if (!device->debug_id_register || !device->product) {
        return false;
    }
    for (const struct event *event = entry->events; event; event = event->before) {
        uint32_t known = event->value.known & DEV_ID;
        bool differs = (event->value.bits ^ device->product) & known;
        if (event->kind == EVENT_CHECK && event->address == device->debug_id_register &&
            (event->is_equal ? differs : known == DEV_ID && !differs)) {
            return true;
        }
    }
    return false;
}

bool check_ways_are_own(const struct walk *walk, const struct device *device)
{
    for (size_t i = 0; i < walk->entry_count; i++) {
        if (!check_way_is_covered(walk, &walk->entries[i]) &&
            !check_way_is_for_another(device, &walk->entries[i])) {
            return true;
        }
    }
    return false;
}
