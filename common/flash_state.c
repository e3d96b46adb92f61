// flash_state.c: evaluates option bytes and the flash size register by the row.
// SPDX-License-Identifier: MIT
#include "flash_state.h"

enum { KB = 1024, BYTE_BITS = 8, WORD_BITS = 32 };

static const uint8_t *at(const struct flash_state *state, uint32_t address, uint32_t size)
{
    for (unsigned i = 0; i < state->count; i++) {
        const struct flash_state_area *area = &state->areas[i];
        uint32_t offset = address - area->start;
        if (offset < area->size && area->size - offset >= size) {
            return area->bytes + offset;
        }
    }
    return NULL;
}

bool flash_state_has(const struct flash_state *state, uint32_t address, uint32_t size)
{
    return at(state, address, size) != NULL;
}

bool flash_state_needs(const struct device *device, const struct read_area *area)
{
    bool needs = device->readout_protection.address - area->start < area->size ||
                 (device->bank_swap.name && device->bank_swap.address - area->start < area->size);

    for (const struct write_protection *one = device->write_protections; one->name; one++) {
        needs |= one->address - area->start < area->size ||
                 (one->condition.name && one->condition.address - area->start < area->size);
    }
    for (const struct chip_layout *one = device->layouts; one->kb; one++) {
        needs |= one->condition.name && one->condition.address - area->start < area->size;
    }
    return needs;
}

static uint32_t lowest_bit(uint32_t mask)
{
    return mask & (~mask + 1);
}

bool flash_state_field(const struct flash_state *state, uint32_t address, uint32_t mask,
                       uint32_t *value)
{
    uint32_t word = 0;

    for (unsigned i = 0; i < WORD_BITS / BYTE_BITS; i++) {
        const uint8_t *byte = at(state, address + i, 1);
        if (byte) {
            word |= (uint32_t)*byte << (BYTE_BITS * i);
        } else if (mask >> (BYTE_BITS * i) & 0xFFu) {
            return false;
        }
    }
    *value = (word & mask) / lowest_bit(mask);
    return true;
}

bool flash_state_kb(const struct flash_state *state, const struct device *device, unsigned *kb)
{
    uint32_t content;

    if (device->flash_size_register == 0 ||
        !flash_state_field(state, device->flash_size_register, device->size_mask, &content)) {
        return false;
    }
    *kb = content;
    for (const struct size_code *code = device->size_codes; code->kb; code++) {
        if (content == code->code) {
            *kb = code->kb;
            break;
        }
    }
    return true;
}

static enum whether holds(const struct flash_state *state, const struct option_condition *condition)
{
    uint32_t value;

    if (condition->name == NULL) {
        return WHETHER_YES;
    }
    if (!flash_state_field(state, condition->address, condition->mask, &value)) {
        return WHETHER_UNKNOWN;
    }
    return value == condition->value / lowest_bit(condition->mask) ? WHETHER_YES : WHETHER_NO;
}

bool flash_state_kb_is_plausible(const struct device *device, unsigned kb)
{
    uint32_t bytes = kb * KB, end = device->flash.start;

    if (kb == 0 || kb > device->flash.size / KB) {
        return false;
    }
    const struct chip_layout *layout = device->layouts;
    if (layout->kb) { // all sizes of the line
        while (layout->kb && layout->kb != kb) {
            layout++;
        }
        return layout->kb != 0;
    }
    for (const struct page_run *run = device->pages; run->count; run++) {
        uint32_t left = device->flash.start + bytes - end;
        if (left <= run->count * run->size) {
            return left % run->size == 0;
        }
        end += run->count * run->size;
    }
    return false;
}

const struct chip_layout *flash_state_layout(const struct flash_state *state,
                                             const struct device *device, unsigned kb, bool *sure)
{
    *sure = true;
    for (const struct chip_layout *layout = device->layouts; layout->kb; layout++) {
        enum whether is = layout->kb == kb ? holds(state, &layout->condition) : WHETHER_NO;
        if (is != WHETHER_NO) {
            *sure = is == WHETHER_YES;
            return layout;
        }
    }
    *sure = device->layouts->kb == 0;
    return NULL;
}

enum readout_level flash_state_readout(const struct flash_state *state, const struct device *device)
{
    const struct readout_protection *levels = &device->readout_protection;
    uint32_t value;

    if (levels->address == 0 || !flash_state_field(state, levels->address, levels->mask, &value)) {
        return READOUT_UNKNOWN;
    }
    if (value == levels->level_0) {
        return READOUT_LEVEL_0;
    }
    if (value == levels->level_half) {
        return READOUT_LEVEL_HALF;
    }
    return value == levels->level_2 ? READOUT_LEVEL_2 : READOUT_LEVEL_1;
}

enum whether flash_state_swapped(const struct flash_state *state, const struct device *device)
{
    return device->bank_swap.name ? holds(state, &device->bank_swap) : WHETHER_NO;
}

// Ranges that are collected: the last one grows where the next one is behind it.
struct ranges {
    struct region *list;
    size_t count, most;
};

static void add_range(struct ranges *ranges, const char *name, uint32_t start, uint32_t end)
{
    struct region *last = ranges->count ? &ranges->list[ranges->count - 1] : NULL;

    if (last && last->start + last->size == start) {
        last->size += end - start;
    } else if (ranges->count < ranges->most) {
        ranges->list[ranges->count++] = (struct region){name, start, end - start};
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

// The pages of this flash with the numbers from `first` on.
static void add_pages(struct ranges *ranges, const struct flash_layout *layout, const char *name,
                      uint32_t first, uint32_t count)
{
    uint32_t flash_end = layout->flash.start + layout->flash.size;

    for (const struct page_run *run = layout->pages; run->count; run++) {
        uint32_t from = first > run->first_number ? first - run->first_number : 0;
        uint32_t to = first + count > run->first_number ? first + count - run->first_number : 0;
        uint32_t start = run->start + least(from, run->count) * run->size;
        uint32_t end = least(run->start + least(to, run->count) * run->size, flash_end);
        if (start < end) {
            add_range(ranges, name, start, end);
        }
    }
}

static bool add_bits(struct ranges *ranges, const struct flash_state *state,
                     const struct write_protection *bits, const struct flash_layout *layout)
{
    for (unsigned i = 0; i < bits->count; i++) {
        uint32_t value;
        if (!flash_state_field(state, bits->address, (uint32_t)1 << (bits->first + i), &value)) {
            return false;
        }
        if (value == bits->protects) {
            bool is_last = i + 1 == bits->count;
            add_pages(ranges, layout, bits->name, bits->page + i * bits->pages,
                      is_last ? bits->last_pages : bits->pages);
        }
    }
    return true;
}

static bool add_area(struct ranges *ranges, const struct flash_state *state,
                     const struct write_protection *area, const struct flash_layout *layout)
{
    uint32_t first, last;

    if (!flash_state_field(state, area->address, area->start_mask, &first) ||
        !flash_state_field(state, area->address, area->end_mask, &last)) {
        return false;
    }
    if (first <= last) {
        add_pages(ranges, layout, area->name, area->page + first, last - first + 1);
    }
    return true;
}

size_t flash_state_protected(const struct flash_state *state, const struct device *device,
                             const struct flash_layout *layout, struct region *ranges, size_t most,
                             bool *known)
{
    struct ranges found = {ranges, 0, most};

    *known = device->write_protections[0].name != NULL;
    for (const struct write_protection *one = device->write_protections; one->name; one++) {
        enum whether is = holds(state, &one->condition);
        if (is == WHETHER_NO) {
            continue;
        }
        bool read = is == WHETHER_YES &&
                    (one->kind == PROTECTION_BITS ? add_bits(&found, state, one, layout)
                                                  : add_area(&found, state, one, layout));
        *known = *known && read;
    }
    return found.count;
}
