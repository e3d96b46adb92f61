// request.c: finds the word that carries a request, by its check and by its store before a reset.
// SPDX-License-Identifier: MIT
#include "request.h"

#include "devices.h"

#include <stdio.h>

// Smaller numbers are counters, states and flags more often than requests.
enum { LEAST_REQUEST = 0x100, LEAST_BITS = 12, LEAST_MAGIC = 0x10000, MOST_PUSHED = 0x100 };

bool request_is_later(const struct word *word, const struct word *before)
{
    return word->number > before->number ||
           (word->number == before->number && word->pc > before->pc);
}

bool request_is_backup(uint32_t address)
{
    for (size_t i = 0; i < device_count; i++) {
        if (devices[i].backup && address - devices[i].backup < devices[i].backup_size) {
            return true;
        }
    }
    return false;
}

static bool is_place(uint32_t address)
{
    return address_is_ram(address) || request_is_backup(address);
}

// Whether the word that a reset finds fits the comparison.
static bool fits(const struct word *word, const struct request *request)
{
    return (word->value.known & request->mask) == request->mask &&
           (word->value.bits & request->mask) == request->value;
}

// Whether the other half of a double word was found to hold another number than this reset finds
// there: then it is compared as a whole, and does not fit.
static bool is_half_wrong(const struct reset_site *site, const struct event *events,
                          const struct request *request)
{
    for (const struct event *event = events; event; event = event->before) {
        const struct word *word = memory_word(&site->memory, event->address & ~3u);
        if (event->kind == EVENT_CHECK && event->is_equal &&
            event->address == (request->address ^ 4u) && word && value_is_number(&word->value) &&
            (word->value.bits ^ event->value.bits) & event->value.known) {
            return true;
        }
    }
    return false;
}

static bool find_store(const struct walk *walk, const struct event *events, struct request *request)
{
    for (size_t i = 0; i < walk->reset_count; i++) {
        const struct reset_site *site = &walk->resets[i];
        const struct word *word = memory_word(&site->memory, request->address & ~3u);
        if (word && fits(word, request) && !is_half_wrong(site, events, request)) {
            request->site = site;
            request->stored = word;
            return true;
        }
    }
    return false;
}

static void take_check(const struct event *check, struct request *request)
{
    *request = (struct request){
        .address = check->address,
        .value = check->value.bits & check->value.known,
        .mask = check->value.known,
        .in_backup = !address_is_ram(check->address),
        .check = check,
    };
}

static bool is_check(const struct event *event)
{
    return event->kind == EVENT_CHECK && event->value.known && is_place(event->address);
}

static bool is_address(const struct firmware *firmware, uint32_t value)
{
    for (size_t i = 0; i < device_count; i++) {
        for (const struct ram *ram = devices[i].rams; ram && ram->region.size; ram++) {
            if (value - ram->region.start <= ram->region.size) {
                return true;
            }
        }
        for (const struct peripheral *one = devices[i].peripherals; one && one->name; one++) {
            if (value - one->start < one->size) {
                return true;
            }
        }
    }
    return code_map_bytes(&firmware->map, value & ~1u, 1) != NULL;
}

static bool same_function(const struct firmware *firmware, uint32_t a, uint32_t b)
{
    uint32_t start_a, start_b;

    return firmware_function(firmware, a, &start_a) && firmware_function(firmware, b, &start_b) &&
           start_a == start_b;
}

// Whether the function that stores also resets, or calls what does.
static bool is_near(const struct firmware *firmware, const struct request *request)
{
    if (same_function(firmware, request->stored->pc, request->site->pc)) {
        return true;
    }
    for (const struct frame *frame = request->site->frames; frame; frame = frame->caller) {
        if (same_function(firmware, request->stored->pc, frame->call)) {
            return true;
        }
    }
    return false;
}

bool request_is_on_purpose(const struct firmware *firmware, const struct request *request)
{
    return request->value >= LEAST_MAGIC && is_near(firmware, request) &&
           !is_address(firmware, request->value);
}

static unsigned count_bits(uint32_t mask)
{
    unsigned count = 0;

    for (; mask; mask &= mask - 1) {
        count++;
    }
    return count;
}

bool request_is_small(const struct request *request)
{
    return request->value < LEAST_REQUEST || count_bits(request->mask) < LEAST_BITS;
}

// In a running application any word of RAM may be compared: a request is a number that nothing else
// has, stored by the function that resets or by one that called it.
static bool may_be_request(const struct walk *walk, const struct rom_entry *entry,
                           const struct request *request)
{
    return entry->origin == ORIGIN_RESET ||
           (!request_is_small(request) && is_near(walk->firmware, request) &&
            (request->value < LEAST_MAGIC || !is_address(walk->firmware, request->value)));
}

// Of the words of one request the one that is stored last is the one that a reset may lose.
static bool is_later_part(const struct request *request, const struct request *before)
{
    return request->site == before->site && !request_is_small(request) &&
           request_is_later(request->stored, before->stored);
}

// Comparisons that held, with what a reset comes with.
static bool find_stored(const struct walk *walk, const struct rom_entry *entry,
                        struct request *request)
{
    struct request one;
    bool found = false;

    for (const struct event *event = entry->events; event; event = event->before) {
        if (!is_check(event) || !event->is_equal) {
            continue;
        }
        take_check(event, &one);
        if (find_store(walk, entry->events, &one) && may_be_request(walk, entry, &one) &&
            (!found || is_later_part(&one, request))) {
            *request = one;
            found = true;
        }
    }
    return found;
}

// A comparison that held, with a number that is no byte and no flag.
static bool find_checked(const struct event *events, struct request *request)
{
    for (const struct event *event = events; event; event = event->before) {
        if (is_check(event) && event->is_equal) {
            take_check(event, request);
            if (!request_is_small(request)) {
                return true;
            }
        }
    }
    return false;
}

static void take_mark(const struct walk *walk, const struct rom_entry *entry,
                      const struct bootleap_image *bootleap, struct request *request)
{
    *request = (struct request){
        .address = bootleap->mark,
        .value = BOOTLEAP_MARK_ENTER,
        .mask = UINT32_MAX,
        .is_mark = true,
        .in_backup = !address_is_ram(bootleap->mark),
    };
    for (const struct event *event = entry->events; event; event = event->before) {
        if (event->kind == EVENT_CHECK && event->address == bootleap->mark) {
            request->check = event;
        }
    }
    find_store(walk, entry->events, request);
}

bool request_of_entry(const struct walk *walk, const struct rom_entry *entry,
                      const struct bootleap_image *bootleap, struct request *request)
{
    if (bootleap_image_departs(bootleap, walk->firmware, entry->pc)) {
        take_mark(walk, entry, bootleap, request);
        return entry->origin == ORIGIN_RESET;
    }
    return find_stored(walk, entry, request) ||
           (entry->origin == ORIGIN_RESET && find_checked(entry->events, request));
}

static bool is_constant(const struct word *word)
{
    return word->value.source == SOURCE_PLAIN && value_is_number(&word->value) &&
           word->value.bits >= LEAST_REQUEST;
}

static bool is_pushed(const struct firmware *firmware, const struct reset_site *site,
                      uint32_t address)
{
    return site->origin == ORIGIN_RESET && firmware->initial_sp - address <= MOST_PUSHED;
}

bool request_of_site(const struct firmware *firmware, const struct reset_site *site, size_t index,
                     struct request *request)
{
    uint32_t address = 0;
    const struct word *word;

    while ((word = memory_next(&site->memory, &address))) {
        if (is_place(address) && !is_pushed(firmware, site, address) && is_constant(word) &&
            index-- == 0) {
            *request = (struct request){.address = address,
                                        .value = word->value.bits,
                                        .mask = UINT32_MAX,
                                        .in_backup = !address_is_ram(address),
                                        .site = site,
                                        .stored = word};
            return true;
        }
        if (address > UINT32_MAX - 4) {
            break;
        }
        address += 4;
    }
    return false;
}

void request_name(const struct firmware *firmware, uint32_t address, char *name, size_t room)
{
    for (size_t i = 0; i < firmware->image.symbol_count; i++) {
        const struct symbol *symbol = &firmware->image.symbols[i];
        if (symbol->kind == SYMBOL_DATA && symbol->size &&
            address - symbol->address < symbol->size) {
            snprintf(name, room, "%.80s (0x%08X)", symbol->name, (unsigned)address);
            return;
        }
    }
    snprintf(name, room, "0x%08X", (unsigned)address);
}
