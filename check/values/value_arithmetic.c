// value_arithmetic.c: adds, subtracts and multiplies values, and takes their bits together.
// SPDX-License-Identifier: MIT
#include "value.h"

// Whether a number that is added to it is known to move it, and no more.
static bool keeps_source(const struct value *value)
{
    switch (value->source) {
    case SOURCE_ROM_WORD:
    case SOURCE_RAM:
    case SOURCE_REGISTER:
    case SOURCE_POINTER:
        return true;
    default:
        return false;
    }
}

static struct value moved(const struct value *value, uint32_t by)
{
    struct value result = *value;

    if (by == 0) {
        return result;
    }
    if (value->source == SOURCE_NEW_STACK) {
        return value_from(SOURCE_NEW_STACK, value->from, value->offset);
    }
    return value_from(value->source, value->from, value->offset + by);
}

// The sum of the known bits, with a carry that is known: a bit of the sum is known where the bits
// of both are, and the carry into it is the same whatever the unknown bits below are.
static struct value add_bits(const struct value *a, const struct value *b, uint32_t carry)
{
    uint32_t least = a->bits + b->bits + carry;
    uint32_t most = value_most(a) + value_most(b) + carry;
    uint32_t carry_at_least = least ^ a->bits ^ b->bits;
    uint32_t carry_at_most = most ^ value_most(a) ^ value_most(b);
    uint32_t known = a->known & b->known & ~(carry_at_least ^ carry_at_most);

    return (struct value){.bits = least & known, .known = known};
}

struct value value_add(const struct value *a, const struct value *b)
{
    if (value_is_number(b) && (keeps_source(a) || a->source == SOURCE_NEW_STACK)) {
        return moved(a, b->bits);
    }
    if (value_is_number(a) && (keeps_source(b) || b->source == SOURCE_NEW_STACK)) {
        return moved(b, a->bits);
    }
    return add_bits(a, b, 0);
}

struct value value_subtract(const struct value *a, const struct value *b)
{
    struct value inverse = value_not(b);
    bool same = a->source == b->source && a->from == b->from;

    if (value_is_number(b) && (keeps_source(a) || a->source == SOURCE_NEW_STACK)) {
        return moved(a, 0 - b->bits);
    }
    if (same && (a->source == SOURCE_ROM_WORD || a->source == SOURCE_POINTER)) {
        return value_number(a->offset - b->offset);
    }
    if (same && a->source == SOURCE_RAM) {
        return value_from(SOURCE_ELAPSED, a->from, 0);
    }
    return add_bits(a, &inverse, 1);
}

// A mask leaves a word what it is: some of its bits.
static struct value masked(struct value result, const struct value *word, const struct value *mask)
{
    bool whole = mask->known == UINT32_MAX && (mask->bits | 1u) == UINT32_MAX;
    bool read = (word->source == SOURCE_RAM || word->source == SOURCE_REGISTER) && !word->offset;

    if (result.known != UINT32_MAX &&
        (read || ((word->source == SOURCE_ROM_WORD || word->source == SOURCE_NEW_STACK ||
                   word->source == SOURCE_POINTED) &&
                  whole))) {
        result.source = word->source;
        result.from = word->from;
        result.offset = word->offset;
    }
    return result;
}

struct value value_and(const struct value *a, const struct value *b)
{
    uint32_t zero = (a->known & ~a->bits) | (b->known & ~b->bits);
    struct value result = {.known = zero | (a->known & b->known)};

    result.bits = a->bits & b->bits;
    return b->source == SOURCE_PLAIN ? masked(result, a, b) : masked(result, b, a);
}

struct value value_or(const struct value *a, const struct value *b)
{
    struct value result = {.known = a->bits | b->bits | (a->known & b->known)};
    const struct value *word = b->source == SOURCE_PLAIN ? a : b;
    const struct value *other = word == a ? b : a;
    bool tag = word->source == SOURCE_ROM_WORD || word->source == SOURCE_NEW_STACK ||
               word->source == SOURCE_POINTED; // the Thumb bit is set

    result.bits = a->bits | b->bits;
    if (value_is_number(other) && (other->bits == 0 || (tag && other->bits == 1))) {
        return *word;
    }
    if (word->source == SOURCE_REGISTER && result.known != UINT32_MAX) {
        result.source = word->source;
        result.from = word->from;
        result.offset = word->offset;
    }
    return result;
}

struct value value_xor(const struct value *a, const struct value *b)
{
    struct value result = {.known = a->known & b->known};
    const struct value *word = b->source == SOURCE_PLAIN ? a : b;
    const struct value *other = word == a ? b : a;

    result.bits = (a->bits ^ b->bits) & result.known;
    if (value_is_number(other) && other->bits == 0) {
        return *word;
    }
    if (value_is_number(other) && word->known == 0 && word->offset == 0 &&
        (word->source == SOURCE_RAM || word->source == SOURCE_REGISTER)) {
        return value_from(SOURCE_DIFFERENCE, word->from, other->bits);
    }
    return result;
}

struct value value_not(const struct value *a)
{
    return (struct value){.bits = ~a->bits & a->known, .known = a->known};
}

struct value value_multiply(const struct value *a, const struct value *b)
{
    if (value_is_number(a) && value_is_number(b)) {
        return value_number(a->bits * b->bits);
    }
    if ((value_is_number(a) && a->bits == 0) || (value_is_number(b) && b->bits == 0)) {
        return value_number(0);
    }
    return value_unknown();
}
