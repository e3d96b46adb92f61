// writers.c: keeps for each register on the bus which instruction wrote it last.
// SPDX-License-Identifier: MIT
#include "writers.h"

#include "bit_band.h"
#include "observer.h"
#include "thumb_call.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_USED = WRITERS * 7 / 8,
    DEEPEST = 1024, // bytes of the stack that are looked at
    MOST_BITS = 4,  // bits that one write changes, for each of which it is kept
};
// The registers that enable interrupts: a 1 enables, a 0 does nothing.
#define NVIC_ISER     0xE000E100u
#define NVIC_ISER_END 0xE000E140u

struct writers {
    struct chip *chip;
    struct observer observer;
    size_t used;
    const struct writer *last;
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

// How far the stack reaches from SP on.
static uint32_t stack_size(const struct device *device, uint32_t sp)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        uint32_t offset = sp - ram->region.start;
        if (offset < ram->region.size) {
            uint32_t left = (ram->region.size - offset) & ~3u;
            return left < DEEPEST ? left : DEEPEST;
        }
    }
    return 0;
}

// Whether a function can have been called from before this address.
static bool is_behind_call(const struct chip *chip, const uint8_t *flash, uint32_t value)
{
    uint32_t offset = (value & ~1u) - chip->device->flash.start, target;
    uint16_t code[2];

    if (!(value & 1u) || offset >= chip->device->flash.size || offset < sizeof code) {
        return false;
    }
    memcpy(code, flash + offset - sizeof code, sizeof code);
    return thumb_call_before(value, code[0], code[1], &target) != THUMB_NO_CALL;
}

void writer_take(const struct chip *chip, struct writer *writer)
{
    const struct region *flash = &chip->device->flash;
    const uint8_t *code = memory_at(&chip->memory, flash->start, flash->size);
    uint32_t sp = cpu_get(chip->core.cpu, CPU_SP), size = stack_size(chip->device, sp);
    const uint8_t *stack = sp % 4 ? NULL : memory_ram_at(&chip->memory, sp, size);

    writer->pc = cpu_get(chip->core.cpu, CPU_PC) & ~1u;
    writer->lr = cpu_get(chip->core.cpu, CPU_LR);
    writer->sp = sp;
    writer->at = chip->core.instructions;
    writer->words_used = 0;
    for (uint32_t i = 0; stack && code && i < size && writer->words_used < WRITER_WORDS; i += 4) {
        uint32_t value;
        memcpy(&value, stack + i, sizeof value);
        if (is_behind_call(chip, code, value)) {
            writer->words[writer->words_used++] = (struct writer_word){value, i};
        }
    }
}

// `taken` is what was found for another part of the same write; NULL: nothing was yet.
static const struct writer *keep(struct writers *writers, uint32_t address, unsigned bit,
                                 const struct writer *taken)
{
    struct writer *writer = &writers->list[place_of(writers, address, bit)];
    const struct chip *chip = writers->chip;

    if (!writer->address) {
        if (writers->used == MOST_USED) {
            return taken;
        }
        writers->used++;
        *writer = (struct writer){.address = address, .bit = (uint8_t)bit};
    }
    if (taken) {
        *writer = *taken;
        writer->address = address;
        writer->bit = (uint8_t)bit;
    } else if (writer->pc == (cpu_get(chip->core.cpu, CPU_PC) & ~1u) &&
               writer->sp == cpu_get(chip->core.cpu, CPU_SP) &&
               writer->lr == cpu_get(chip->core.cpu, CPU_LR)) {
        writer->at = chip->core.instructions; // by the same call as before
    } else {
        writer_take(chip, writer);
    }
    writers->last = writer;
    return writer;
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
    const struct writer *taken;

    if (size == 4 && !alias) {
        bits = own_bits(chip, word, value);
    }
    taken = keep(writers, word, WRITER_WHOLE, NULL);
    for (unsigned i = 0; i < MOST_BITS && bits; i++, bits &= bits - 1) {
        keep(writers, word, (unsigned)__builtin_ctz(bits), taken);
    }
    writers->last = taken ? taken : writers->last;
}

static void on_reset(void *context)
{
    struct writers *writers = context;

    memset(writers->list, 0, sizeof writers->list);
    writers->used = 0;
    writers->last = NULL;
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
