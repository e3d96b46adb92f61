// flags.c: computes flags and conditions from what is known.
// SPDX-License-Identifier: MIT
#include "flags.h"

#include "instruction.h"

static const uint32_t SIGN = UINT32_C(1) << 31;

static int inverse(int known)
{
    return known < 0 ? -1 : !known;
}

static int holds_higher(const struct flags *flags)
{
    if (flags->c == 0 || flags->z == 1) {
        return 0;
    }
    return flags->c == 1 && flags->z == 0 ? 1 : -1;
}

static int holds_at_least(const struct flags *flags)
{
    return flags->n < 0 || flags->v < 0 ? -1 : flags->n == flags->v;
}

static int holds_greater(const struct flags *flags)
{
    int at_least = holds_at_least(flags);

    if (flags->z == 1 || at_least == 0) {
        return 0;
    }
    return flags->z == 0 && at_least == 1 ? 1 : -1;
}

// NOLINTBEGIN(bugprone-signed-char-misuse): a flag that is not known is -1, also in an int
// Conditions come in pairs: the odd one is the inverse.
int flags_condition(const struct flags *flags, unsigned condition)
{
    int even;

    switch (condition & ~1u) {
    case CONDITION_EQ:
        even = flags->z;
        break;
    case CONDITION_HS:
        even = flags->c;
        break;
    case CONDITION_MI:
        even = flags->n;
        break;
    case CONDITION_VS:
        even = flags->v;
        break;
    case CONDITION_HI:
        even = holds_higher(flags);
        break;
    case CONDITION_GE:
        even = holds_at_least(flags);
        break;
    case CONDITION_GT:
        even = holds_greater(flags);
        break;
    default:
        return 1;
    }
    return condition & 1 ? inverse(even) : even;
}
// NOLINTEND(bugprone-signed-char-misuse)

struct comparison comparison_with_zero(const struct value *value)
{
    switch (value->source) {
    case SOURCE_RAM:
    case SOURCE_REGISTER:
        return (struct comparison){.is_known = true,
                                   .address = value->from,
                                   .number = 0 - value->offset,
                                   .mask = value->offset ? UINT32_MAX : ~value->known};
    case SOURCE_DIFFERENCE:
        return (struct comparison){
            .is_known = true, .address = value->from, .number = value->offset, .mask = UINT32_MAX};
    default:
        return (struct comparison){.is_known = false};
    }
}

void flags_of_result(struct flags *flags, const struct value *result)
{
    flags->n = -1;
    if (result->known & SIGN) {
        flags->n = (int8_t)(result->bits >> 31);
    }
    flags->z = result->bits ? 0 : value_is_number(result) ? 1 : -1;
    flags->comparison = comparison_with_zero(result);
}

static bool is_sign_known(const struct value *a, const struct value *b, const struct value *result)
{
    return a->known & b->known & result->known & SIGN;
}

void flags_of_sum(struct flags *flags, const struct value *a, const struct value *b,
                  const struct value *result)
{
    uint64_t least = (uint64_t)value_least(a) + value_least(b);
    uint64_t most = (uint64_t)value_most(a) + value_most(b);

    flags_of_result(flags, result);
    flags->c = most <= UINT32_MAX ? 0 : least > UINT32_MAX ? 1 : -1;
    flags->v = -1;
    if (is_sign_known(a, b, result)) {
        flags->v = (int8_t)((~(a->bits ^ b->bits) & (a->bits ^ result->bits)) >> 31);
    }
}

// A mask that was put over a word is what of it is compared.
static void compare_masked(struct flags *flags, const struct value *a, const struct value *b)
{
    bool read = a->source == SOURCE_RAM || a->source == SOURCE_REGISTER;

    if (read && a->offset == 0 && value_is_number(b)) {
        flags->comparison = (struct comparison){
            .is_known = true, .address = a->from, .number = b->bits, .mask = ~a->known};
    }
}

// Time that has passed is less than any limit when it is first asked for.
static bool compare_time(struct flags *flags, const struct value *a, const struct value *b)
{
    bool is_first = a->source == SOURCE_ELAPSED && value_is_number(b) && b->bits;
    bool is_second = b->source == SOURCE_ELAPSED && value_is_number(a) && a->bits;

    if (!is_first && !is_second) {
        return false;
    }
    *flags = (struct flags){
        .n = is_first, .z = 0, .c = !is_first, .v = 0, .comparison = {.is_time = true}};
    return true;
}

void flags_of_difference(struct flags *flags, const struct value *a, const struct value *b,
                         const struct value *result)
{
    if (compare_time(flags, a, b)) {
        return;
    }
    flags_of_result(flags, result);
    compare_masked(flags, a, b);
    compare_masked(flags, b, a);
    flags->c = -1;
    if (value_least(a) >= value_most(b)) {
        flags->c = 1;
    } else if (value_most(a) < value_least(b)) {
        flags->c = 0;
    }
    if ((a->bits ^ b->bits) & a->known & b->known) {
        flags->z = 0;
    }
    flags->v = -1;
    if (is_sign_known(a, b, result)) {
        flags->v = (int8_t)(((a->bits ^ b->bits) & (a->bits ^ result->bits)) >> 31);
    }
}
