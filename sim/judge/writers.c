// writers.c: keeps for each register on the bus which instruction wrote it last.
// SPDX-License-Identifier: MIT
#include "writers.h"

#include "bit_band.h"
#include "observer.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_USED = WRITERS * 7 / 8,
    MOST_BITS = 4, // bits that one write changes, for each of which it is kept
};
// The registers that enable interrupts: a 1 enables, a 0 does nothing.
#define NVIC_ISER     0xE000E100u
#define NVIC_ISER_END 0xE000E140u

struct writers {
    struct chip *chip;
    struct observer observer;
    size_t used;
    const struct writer *last;
    struct writer taken;         // the last write, as it goes into the list
    const uint8_t *stack;        // what is at its SP; NULL: no memory
    struct writer list[WRITERS]; // open addressing
};

// Where in the list this one is, or has its room.
static size_t place_of(const struct writers *writers, uint32_t address, unsigned bit)
{
    size_t place = ((address >> 2) * 33u + bit) * 2654435761u >> 22;

    while (writers->list[place].address &&
           (writers->list[place].address != address || writers->list[place].bit != bit)) {
        place = (place + 1) % WRITERS;
    }
    return place;
}

// Whether the return addresses of the write before are where they were: it was the same call.
static bool is_same_call(const struct writers *writers, const struct call_site *site)
{
    const struct call_site *taken = &writers->taken.site;

    if (taken->sp != site->sp || taken->lr != site->lr || !writers->stack) {
        return false;
    }
    for (size_t i = 0; i < taken->words_used; i++) {
        const struct call_site_word *word = &taken->words[i];
        if (memcmp(writers->stack + word->offset, &word->value, sizeof word->value) != 0) {
            return false;
        }
    }
    return true;
}

static void take(struct writers *writers)
{
    struct call_site site = call_site_now(writers->chip);

    if (is_same_call(writers, &site)) {
        writers->taken.site.pc = site.pc;
    } else {
        writers->stack = call_site_look(writers->chip, &site);
        writers->taken.site = site;
    }
    writers->taken.at = writers->chip->core.instructions;
}

static void keep(struct writers *writers, uint32_t address, unsigned bit)
{
    struct writer *writer = &writers->list[place_of(writers, address, bit)];

    if (!writer->address && writers->used == MOST_USED) {
        return;
    }
    writers->used += !writer->address;
    *writer = writers->taken;
    writer->address = address;
    writer->bit = (uint8_t)bit;
    if (bit == WRITER_WHOLE) {
        writers->last = writer;
    }
}

// The bits whose own writers are kept, where a register holds many things: clocks and interrupts.
static uint32_t own_bits(const struct chip *chip, uint32_t address, uint32_t value)
{
    if (address - NVIC_ISER < NVIC_ISER_END - NVIC_ISER) {
        return value;
    }
    if (address - chip->device->rcc < chip->device->rcc_size) {
        return value ^ rcc_peek(&chip->rcc, address);
    }
    return 0;
}

static void on_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    struct writers *writers = context;
    const struct chip *chip = writers->chip;
    bool alias = bit_band_has(chip->device, address);
    uint32_t word = alias ? bit_band_word(address) : address & ~3u;
    uint32_t bits = alias ? 1u << bit_band_bit(address) : 0;

    if (size == 4 && !alias) {
        bits = own_bits(chip, word, value);
    }
    take(writers);
    keep(writers, word, WRITER_WHOLE);
    for (unsigned i = 0; i < MOST_BITS && bits; i++, bits &= bits - 1) {
        keep(writers, word, (unsigned)__builtin_ctz(bits));
    }
}

static void on_reset(void *context)
{
    struct writers *writers = context;

    memset(writers->list, 0, sizeof writers->list);
    writers->used = 0;
    writers->last = NULL;
    writers->stack = NULL;
}

struct writers *writers_open(struct chip *chip)
{
    struct writers *writers = calloc(1, sizeof *writers);

    if (writers) {
        writers->chip = chip;
        writers->observer =
            (struct observer){.context = writers, .bus_write = on_write, .reset = on_reset};
    }
    if (writers && !observers_add(chip, &writers->observer)) {
        writers_close(writers);
        return NULL;
    }
    return writers;
}

void writers_close(struct writers *writers)
{
    free(writers);
}

const struct writer *writers_of(const struct writers *writers, uint32_t address, uint32_t bits)
{
    const struct writer *best = NULL;
    const struct writer *whole = &writers->list[place_of(writers, address, WRITER_WHOLE)];

    for (; bits; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctz(bits);
        const struct writer *one = &writers->list[place_of(writers, address, bit)];
        if (one->address && (!best || one->at > best->at)) {
            best = one;
        }
    }
    return best || !whole->address ? best : whole;
}

const struct writer *writers_last(const struct writers *writers)
{
    return writers->last;
}
