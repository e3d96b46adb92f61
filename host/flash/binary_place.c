// binary_place.c: finds for which address a raw binary was linked.
// SPDX-License-Identifier: MIT
//
// Each handler of its vector table must begin like a function. At any other place than the right
// one most of them point into the middle of code or data.
#include "binary_place.h"

#include "image_bytes.h"

#include <stdio.h>

// Vector tables begin at multiples of this at least: 2^(7 + 1) bytes hold 48 vectors.
enum { ALIGNMENT = 0x100 };
enum { VECTOR_BYTES = 4, VECTORS = 16, RESET = 1 };

struct binary {
    const uint8_t *bytes;
    uint32_t size;
    uint32_t handlers[VECTORS]; // addresses, each once
    unsigned count;
    uint32_t lowest, highest;
};

struct place {
    uint32_t address;
    unsigned fitting; // handlers that begin like a function there
};

// push, ldr of a constant, movs, sub sp, msr and mrs, a loop that waits, a return, cpsid, nop.
static bool begins_function(uint16_t code)
{
    return (code & 0xFE00) == 0xB400 || code == 0xE92D || (code & 0xF800) == 0x4800 ||
           code == 0xF8DF || (code & 0xF800) == 0x2000 || (code & 0xFF80) == 0xB080 ||
           (code & 0xFF00) == 0xF300 || code == 0xE7FE || code == 0x4770 || code == 0xB672 ||
           code == 0xBF00;
}

static void add_handler(struct binary *binary, uint32_t address)
{
    for (unsigned i = 0; i < binary->count; i++) {
        if (binary->handlers[i] == address) {
            return;
        }
    }
    binary->handlers[binary->count++] = address;
    binary->lowest = address < binary->lowest ? address : binary->lowest;
    binary->highest = address > binary->highest ? address : binary->highest;
}

// False if the file does not begin with a stack pointer and a reset handler in flash.
static bool read_table(struct binary *binary, const struct device *device)
{
    const struct region *flash = &device->flash;

    if (binary->size < VECTORS * VECTOR_BYTES || binary->bytes[3] < 0x10 ||
        binary->bytes[3] > 0x3F || !(binary->bytes[RESET * VECTOR_BYTES] & 1)) {
        return false; // no address of RAM, or no Thumb code
    }
    for (unsigned i = RESET; i < VECTORS; i++) {
        uint32_t handler = word_at(binary->bytes + (size_t)i * VECTOR_BYTES);
        if (handler % 2 && handler - flash->start < flash->size) {
            add_handler(binary, handler - 1);
        } else if (i == RESET) {
            return false;
        }
    }
    return true;
}

static unsigned fitting_at(const struct binary *binary, uint32_t address)
{
    unsigned fitting = 0;

    for (unsigned i = 0; i < binary->count; i++) {
        uint32_t offset = binary->handlers[i] - address;
        if (binary->handlers[i] >= address && offset <= binary->size - sizeof(uint16_t)) {
            fitting += begins_function(half_at(binary->bytes + offset));
        }
    }
    return fitting;
}

// Of several that fit alike it is the roundest.
static struct place best_place(const struct binary *binary, uint32_t start)
{
    struct place best = {0, 0};
    uint32_t first =
        binary->highest - start + 2 > binary->size ? binary->highest + 2 - binary->size : start;

    first += (ALIGNMENT - first % ALIGNMENT) % ALIGNMENT;
    for (uint32_t at = first; at < binary->lowest; at += ALIGNMENT) {
        unsigned fitting = fitting_at(binary, at);
        bool rounder = (at & -at) > (best.address & -best.address);
        if (fitting > best.fitting || (fitting == best.fitting && rounder)) {
            best = (struct place){at, fitting};
        }
    }
    return best;
}

int binary_place_check(const struct device *device, const struct image *image,
                       struct problem *problem)
{
    const struct segment *segment = &image->segments[0];
    uint32_t start = device->flash.start;
    struct binary binary = {.bytes = segment->bytes, .size = segment->size, .lowest = UINT32_MAX};
    char advice[100];

    if (image->format != IMAGE_BINARY || segment->address != start ||
        !read_table(&binary, device)) {
        return 0;
    }
    struct place best = best_place(&binary, start);
    bool inside = binary.highest - start < binary.size;
    bool fits_here = inside && fitting_at(&binary, start) * 3 > binary.count;
    if (fits_here || (inside && best.fitting == 0) || best.address <= start) {
        return 0;
    }
    snprintf(advice, sizeof advice,
             "--address 0x%08X; --address 0x%08X --force, if it belongs there",
             (unsigned)best.address, (unsigned)start);
    return problem_set(problem, EXIT_USAGE, advice,
                       "the vector table is that of an application for 0x%08X, not for 0x%08X",
                       (unsigned)best.address, (unsigned)start);
}
