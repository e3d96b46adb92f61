// value_shift.c: shifts values, and takes fields of bits out of them and into them.
// SPDX-License-Identifier: MIT
#include "value.h"

enum { WORD_BITS = 32 };

static uint32_t low_bits(unsigned count)
{
    return count >= WORD_BITS ? UINT32_MAX : (UINT32_C(1) << count) - 1;
}

static struct value shift_left(const struct value *a, unsigned count)
{
    if (count >= WORD_BITS) {
        return value_number(0);
    }
    return (struct value){.bits = a->bits << count, .known = a->known << count | low_bits(count)};
}

static struct value shift_right(const struct value *a, unsigned count)
{
    if (count >= WORD_BITS) {
        return value_number(0);
    }
    return (struct value){.bits = a->bits >> count,
                          .known = a->known >> count | ~(UINT32_MAX >> count)};
}

static struct value shift_signed(const struct value *a, unsigned count)
{
    unsigned by = count >= WORD_BITS ? WORD_BITS - 1 : count;
    uint32_t top = ~(UINT32_MAX >> by);
    struct value result = {.bits = a->bits >> by, .known = a->known >> by};

    if (a->known >> (WORD_BITS - 1)) {
        result.known |= top;
        result.bits |= a->bits >> (WORD_BITS - 1) ? top : 0;
    }
    return result;
}

static struct value rotate(const struct value *a, unsigned count)
{
    unsigned by = count % WORD_BITS;

    if (by == 0) {
        return (struct value){.bits = a->bits, .known = a->known};
    }
    return (struct value){.bits = a->bits >> by | a->bits << (WORD_BITS - by),
                          .known = a->known >> by | a->known << (WORD_BITS - by)};
}

struct value value_shift(enum shift shift, const struct value *a, const struct value *count)
{
    unsigned by = count->bits & 0xFF;

    if ((count->known & 0xFF) != 0xFF) {
        return value_is_number(a) && a->bits == 0 ? *a : value_unknown();
    }
    if (by == 0) {
        return *a;
    }
    switch (shift) {
    case SHIFT_LSL:
        return shift_left(a, by);
    case SHIFT_LSR:
        return shift_right(a, by);
    case SHIFT_ASR:
        return shift_signed(a, by);
    case SHIFT_ROR:
    default:
        return rotate(a, by);
    }
}

struct value value_extract(const struct value *a, unsigned first, unsigned width, bool is_signed)
{
    uint32_t field = low_bits(width);
    struct value result = {.bits = a->bits >> first & field, .known = a->known >> first & field};
    uint32_t sign = UINT32_C(1) << (width - 1);

    if (width >= WORD_BITS) {
        return *a;
    }
    if (!is_signed || result.known & sign) {
        result.known |= ~field;
        result.bits |= is_signed && result.bits & sign ? ~field : 0;
    }
    if (first == 0 && !is_signed && a->offset == 0 && result.known != UINT32_MAX &&
        (a->source == SOURCE_RAM || a->source == SOURCE_REGISTER)) {
        result.source = a->source;
        result.from = a->from;
    }
    return result;
}

struct value value_insert(const struct value *a, const struct value *b, unsigned first,
                          unsigned width)
{
    uint32_t field = low_bits(width) << first;

    if ((b->known & ~b->bits & low_bits(width)) == low_bits(width)) { // as a mask does it
        struct value mask = value_number(~field);
        return value_and(a, &mask);
    }
    return (struct value){.bits = (a->bits & ~field) | (b->bits << first & field),
                          .known = (a->known & ~field) | (b->known << first & field)};
}
