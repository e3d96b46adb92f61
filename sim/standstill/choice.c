// choice.c: chooses the load by which a loop goes on.
// SPDX-License-Identifier: MIT
//
// A loop that waits for a bit often looks for errors as well. No code tells the one from the other,
// but what it waits for is mostly asked by the function that goes round, and by a branch that
// leaves the loop. Bits of the same register that are asked so are all named.
#include "choice.h"

#include "bus.h"
#include "sentence.h"

static bool is_bus(const struct chip *chip, uint32_t address)
{
    return address >= BUS_PRIVATE || bus_is_at(chip->device, address);
}

static bool fits(const struct chip *chip, const struct load *load, enum choice kind)
{
    return is_bus(chip, load->address) == (kind != CHOICE_MEMORY) &&
           sentence_is_input(chip, load) == (kind == CHOICE_INPUT);
}

// Whether a load tells more than the other: its bits, or its size, decide, and in which function.
static bool is_better(const struct load *load, const struct load *other)
{
    if (!load->mask || !other->mask) {
        return load->mask || (!other->mask && load->by_size && !other->by_size);
    }
    return load_rank(load) < load_rank(other);
}

static uint32_t bits_of(const struct load *load)
{
    return load->mask << 8 * (load->address & 3u);
}

// Whether it asks in the same way for other bits of the same register.
static bool is_beside(const struct load *load, const struct load *found)
{
    return found->mask && load->mask && load_rank(load) == load_rank(found) &&
           !((load->address ^ found->address) & ~3u) && bits_of(load) != bits_of(found);
}

static void add_bits(struct load *found, const struct load *load)
{
    found->mask = bits_of(found) | bits_of(load);
    found->value = found->value << 8 * (found->address & 3u);
    found->address &= ~3u;
    found->size = 4;
    found->several = true;
}

bool choice_of(const struct chip *chip, const struct loop *loop, enum choice kind,
               struct load *found)
{
    struct load first;
    bool any = false;

    *found = (struct load){0};
    for (size_t i = 0; i < loop->loads.count; i++) {
        const struct load *load = &loop->loads.list[i];
        if (fits(chip, load, kind) && (!any || is_better(load, found))) {
            *found = *load;
            any = true;
        }
    }
    first = *found;
    for (size_t i = 0; any && i < loop->loads.count; i++) {
        if (is_beside(&loop->loads.list[i], &first)) {
            add_bits(found, &loop->loads.list[i]);
        }
    }
    return any;
}
