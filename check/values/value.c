// value.c: makes, compares and joins values.
// SPDX-License-Identifier: MIT
#include "value.h"

struct value value_unknown(void)
{
    return (struct value){.source = SOURCE_PLAIN};
}

struct value value_number(uint32_t number)
{
    return (struct value){.bits = number, .known = UINT32_MAX};
}

struct value value_from(enum value_source source, uint32_t from, uint32_t offset)
{
    return (struct value){.source = source, .from = from, .offset = offset};
}

struct value value_join(const struct value *a, const struct value *b)
{
    struct value joined = {.known = a->known & b->known & ~(a->bits ^ b->bits)};

    joined.bits = a->bits & joined.known;
    if (a->source == b->source && a->from == b->from && a->offset == b->offset) {
        joined.source = a->source;
        joined.from = a->from;
        joined.offset = a->offset;
    }
    return joined;
}

uint32_t value_least(const struct value *value)
{
    return value->bits;
}

uint32_t value_most(const struct value *value)
{
    return value->bits | ~value->known;
}
