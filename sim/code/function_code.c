// function_code.c: reads the instructions of a function in the ELF.
// SPDX-License-Identifier: MIT
#include "function_code.h"

enum { LONGEST = 0x10000 }; // bytes of a function that are read

static uint16_t halfword(const struct image *image, uint32_t address)
{
    uint8_t bytes[2] = {0, 0};

    image_read(image, address, sizeof bytes, bytes);
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static uint32_t next(const struct image *image, uint32_t address)
{
    return address + thumb_bytes(halfword(image, address));
}

// A symbol may lie about its size: what is longer than any function is not read.
static uint32_t end_within(uint32_t from, uint32_t to)
{
    return to > from && to - from > LONGEST ? from + LONGEST : to;
}

static uint32_t end_of(const struct symbol *function)
{
    uint32_t size = function->size ? function->size : function->room;

    return end_within(function->address, function->address + size);
}

enum thumb_call code_call_before(const struct image *image, uint32_t return_address,
                                 uint32_t *target)
{
    uint32_t address = return_address & ~1u;

    *target = 0;
    if (!(return_address & 1u)) {
        return THUMB_NO_CALL;
    }
    return thumb_call_before(address, halfword(image, address - 4), halfword(image, address - 2),
                             target);
}

struct thumb_frame code_frame(const struct image *image, const struct symbol *function, uint32_t pc)
{
    struct thumb_frame frame = {0};
    uint32_t end = end_within(function->address, pc);

    for (uint32_t at = function->address; at < end; at = next(image, at)) {
        thumb_frame_step(&frame, halfword(image, at), halfword(image, at + 2));
    }
    return frame;
}

uint32_t code_branch_to(const struct image *image, const struct symbol *function, uint32_t target)
{
    uint32_t goes;

    for (uint32_t at = function->address; at < end_of(function); at = next(image, at)) {
        if (thumb_branch(at, halfword(image, at), halfword(image, at + 2), &goes) &&
            goes == target) {
            return at;
        }
    }
    return 0;
}

bool code_writes(const struct image *image, const struct symbol *function, unsigned number,
                 uint32_t *place)
{
    bool found = false;
    unsigned written;

    for (uint32_t at = function->address; at < end_of(function); at = next(image, at)) {
        if (thumb_is_msr(halfword(image, at), halfword(image, at + 2), &written) &&
            written == number) {
            *place = at;
            found = true;
        }
    }
    return found;
}

bool code_has(const struct image *image, const struct symbol *function, uint16_t instruction,
              uint32_t *place)
{
    bool found = false;

    for (uint32_t at = function->address; at < end_of(function); at = next(image, at)) {
        if (halfword(image, at) == instruction) {
            *place = at;
            found = true;
        }
    }
    return found;
}

bool code_loads_by_sp(const struct image *image, uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < end_within(from, to); at = next(image, at)) {
        if (thumb_loads_by_sp(halfword(image, at), halfword(image, at + 2))) {
            return true;
        }
    }
    return false;
}
