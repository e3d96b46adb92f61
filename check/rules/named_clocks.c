// named_clocks.c: looks through a program for addresses of RCC.
// SPDX-License-Identifier: MIT
#include "named_clocks.h"

#include "image_bytes.h"

enum { RCC_SIZE = 0x400, PAIR_APART = 32, HALF_BITS = 16, BY_CHANCE = 4 };

// 0: nobody has typed it.
static uint32_t start_of(const struct device *device)
{
    const struct register_reset *first = device->rcc_registers;

    return first && first->name ? first->address & ~(uint32_t)(RCC_SIZE - 1) : 0;
}

static void add(struct named_clocks *clocks, uint32_t start)
{
    for (size_t i = 0; i < clocks->count; i++) {
        if (clocks->starts[i] == start) {
            return;
        }
    }
    if (start && clocks->count < NAMED_CLOCKS) {
        clocks->starts[clocks->count++] = start;
    }
}

static void look_at(struct named_clocks *clocks, uint32_t number)
{
    for (size_t i = 0; number % 4 == 0 && i < clocks->count; i++) {
        clocks->times[i] += number - clocks->starts[i] < RCC_SIZE;
    }
}

// What MOVW or MOVT loads.
static uint32_t loaded_by(unsigned first, unsigned second)
{
    return (first & 0xFu) << 12 | (first & 0x400) << 1 | (second & 0x7000) >> 4 | (second & 0xFF);
}

static bool is_upper_half(const struct named_clocks *clocks, uint32_t upper)
{
    for (size_t i = 0; i < clocks->count; i++) {
        if (clocks->starts[i] >> HALF_BITS == upper) {
            return true;
        }
    }
    return false;
}

// The MOVW of the same register is near its MOVT, before or after it.
static void look_at_movt(struct named_clocks *clocks, const struct code_region *region, uint32_t at)
{
    unsigned second = half_at(region->bytes + at + 2), destination = second & 0xF00;
    uint32_t upper = loaded_by(half_at(region->bytes + at), second);
    uint32_t from = at > PAIR_APART ? at - PAIR_APART : at % 2;

    if (!is_upper_half(clocks, upper)) {
        return;
    }
    for (uint32_t near = from; near < at + PAIR_APART && near + 4 <= region->size; near += 2) {
        unsigned one = half_at(region->bytes + near), two = half_at(region->bytes + near + 2);
        if ((one & 0xFBF0) == 0xF240 && (two & 0x8F00) == destination) {
            look_at(clocks, upper << HALF_BITS | loaded_by(one, two));
        }
    }
}

static void look_through(struct named_clocks *clocks, const struct code_region *region)
{
    for (uint32_t at = region->address & 1; at + 4 <= region->size; at += 2) {
        const uint8_t *bytes = region->bytes + at;
        if ((region->address + at) % 4 == 0) {
            look_at(clocks, word_at(bytes));
        }
        if ((half_at(bytes) & 0xFBF0) == 0xF2C0 && !(half_at(bytes + 2) & 0x8000)) {
            look_at_movt(clocks, region, at);
        }
    }
}

void named_clocks_find(struct named_clocks *clocks, const struct firmware *firmware)
{
    *clocks = (struct named_clocks){.count = 0};
    for (size_t i = 0; i < device_count; i++) {
        add(clocks, start_of(&devices[i]));
    }
    for (size_t i = 0; i < firmware->map.count; i++) {
        look_through(clocks, &firmware->map.regions[i]);
    }
    for (size_t i = 0; i < clocks->count; i++) {
        clocks->most = clocks->times[i] > clocks->most ? clocks->times[i] : clocks->most;
    }
}

// Two instructions may look like an address by chance: that is rare.
static bool is_named(const struct named_clocks *clocks, size_t i)
{
    return clocks->times[i] && clocks->times[i] >= clocks->most / BY_CHANCE;
}

static bool has_peripheral(const struct device *device, uint32_t address)
{
    for (const struct peripheral *one = device->peripherals; one && one->name; one++) {
        if (address - one->start < one->size) {
            return true;
        }
    }
    return false;
}

bool named_clocks_fit(const struct named_clocks *clocks, const struct device *device)
{
    uint32_t own = start_of(device);
    bool names_any = false, names_own = false;

    for (size_t i = 0; own && i < clocks->count; i++) {
        if (!is_named(clocks, i)) {
            continue;
        }
        if (clocks->starts[i] != own && !has_peripheral(device, clocks->starts[i])) {
            return false;
        }
        names_any = true;
        names_own |= clocks->starts[i] == own;
    }
    return names_own || !names_any;
}
