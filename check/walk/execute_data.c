// execute_data.c: moves, sums, bits, shifts and products.
// SPDX-License-Identifier: MIT
#include "execute.h"
#include "flags.h"
#include "operand.h"

static struct value add_carry(const struct value *a, const struct value *b, int carry)
{
    struct value one = value_number(carry == 1), sum = value_add(a, b);

    return carry < 0 ? value_unknown() : value_add(&sum, &one);
}

// The flags of a sum or a difference; with a carry, what is unknown stays so.
static void set_flags(struct flags *flags, const struct instruction *instruction,
                      const struct value *a, const struct value *b, const struct value *result)
{
    switch (instruction->operation) {
    case OP_ADD:
    case OP_CMN:
        flags_of_sum(flags, a, b, result);
        break;
    case OP_SUB:
    case OP_CMP:
        flags_of_difference(flags, a, b, result);
        break;
    case OP_RSB:
        flags_of_difference(flags, b, a, result);
        break;
    default:
        flags_of_result(flags, result);
        flags->c = flags->v = -1;
    }
}

// What comes of two operands, and its flags, where they are those of a sum or a difference.
static bool execute_sum(struct flags *flags, const struct instruction *instruction,
                        const struct value *a, const struct value *b, bool sets_flags,
                        struct value *result)
{
    struct value inverse = value_not(b);

    switch (instruction->operation) {
    case OP_ADD:
    case OP_CMN:
        *result = value_add(a, b);
        break;
    case OP_SUB:
    case OP_CMP:
        *result = value_subtract(a, b);
        break;
    case OP_RSB:
        *result = value_subtract(b, a);
        break;
    case OP_ADC:
        *result = add_carry(a, b, flags->c);
        break;
    case OP_SBC:
        *result = add_carry(a, &inverse, flags->c);
        break;
    default:
        return false;
    }
    if (sets_flags) {
        set_flags(flags, instruction, a, b, result);
    }
    return true;
}

static bool execute_bits(const struct instruction *instruction, const struct value *a,
                         const struct value *b, struct value *result)
{
    struct value inverse = value_not(b);

    switch (instruction->operation) {
    case OP_MOV:
        *result = *b;
        return true;
    case OP_MVN:
        *result = inverse;
        return true;
    case OP_AND:
    case OP_TST:
        *result = value_and(a, b);
        return true;
    case OP_ORR:
        *result = value_or(a, b);
        return true;
    case OP_ORN:
        *result = value_or(a, &inverse);
        return true;
    case OP_EOR:
    case OP_TEQ:
        *result = value_xor(a, b);
        return true;
    case OP_BIC:
        *result = value_and(a, &inverse);
        return true;
    default:
        return false;
    }
}

// The bit that a shift pushes out last, -1 where it is unknown. A shift by 0 keeps C.
static int8_t carry_out(const struct flags *flags, enum shift shift, const struct value *a,
                        const struct value *count)
{
    uint32_t by = count->bits & 0xFF, bit;

    if ((count->known & 0xFF) != 0xFF || by > 32) {
        return -1;
    }
    if (by == 0) {
        return flags->c;
    }
    bit = shift == SHIFT_LSL ? 32 - by : by - 1;
    return a->known >> bit & 1 ? (int8_t)(a->bits >> bit & 1) : (int8_t)-1;
}

static struct value product(const struct state *state, const struct instruction *instruction)
{
    struct value n = operand_register(state, instruction, instruction->n);
    struct value m = operand_register(state, instruction, instruction->m);
    struct value times = value_multiply(&n, &m), a;

    if (instruction->operation == OP_MUL) {
        return times;
    }
    a = operand_register(state, instruction, instruction->a);
    return instruction->operation == OP_MLA ? value_add(&a, &times) : value_subtract(&a, &times);
}

static uint32_t quotient(const struct instruction *instruction, uint32_t n, uint32_t m)
{
    if (m == 0) {
        return 0;
    }
    if (instruction->operation == OP_UDIV) {
        return n / m;
    }
    return m == UINT32_MAX ? 0 - n : (uint32_t)((int32_t)n / (int32_t)m);
}

static uint32_t count_zeros(uint32_t number)
{
    uint32_t zeros = 32;

    for (; number; number >>= 1) {
        zeros--;
    }
    return zeros;
}

static uint32_t reversed_bits(uint32_t number)
{
    uint32_t reversed = 0;

    for (int i = 0; i < 32; i++) {
        reversed = reversed << 1 | (number >> i & 1);
    }
    return reversed;
}

static struct value of_numbers(const struct state *state, const struct instruction *instruction)
{
    struct value n = operand_register(state, instruction, instruction->n);
    struct value m = operand_register(state, instruction, instruction->m);
    bool both = instruction->operation == OP_UDIV || instruction->operation == OP_SDIV;

    if (!value_is_number(&m) || (both && !value_is_number(&n))) {
        return value_unknown();
    }
    switch (instruction->operation) {
    case OP_CLZ:
        return value_number(count_zeros(m.bits));
    case OP_RBIT:
        return value_number(reversed_bits(m.bits));
    case OP_REV:
        return value_number(m.bits >> 24 | (m.bits >> 8 & 0xFF00) | (m.bits << 8 & 0xFF0000) |
                            m.bits << 24);
    default:
        return value_number(quotient(instruction, n.bits, m.bits));
    }
}

static void multiply_long(struct state *state, const struct instruction *instruction)
{
    struct value n = operand_register(state, instruction, instruction->n);
    struct value m = operand_register(state, instruction, instruction->m);
    struct value low = value_unknown(), high = value_unknown();

    if (value_is_number(&n) && value_is_number(&m)) {
        uint64_t number = (uint64_t)n.bits * m.bits;
        if (instruction->is_signed) { // a negative factor is 2^32 too large
            number -= (uint64_t)(n.bits >> 31 ? m.bits : 0) << 32;
            number -= (uint64_t)(m.bits >> 31 ? n.bits : 0) << 32;
        }
        low = value_number((uint32_t)number);
        high = value_number((uint32_t)(number >> 32));
    }
    state_set_register(state, instruction->d, &low);
    state_set_register(state, instruction->a, &high);
}

static void execute_shift(struct state *state, const struct instruction *instruction,
                          bool sets_flags)
{
    struct value a = operand_register(state, instruction, instruction->n);
    struct value count = instruction->has_immediate
                             ? value_number(instruction->immediate)
                             : operand_register(state, instruction, instruction->m);
    struct value result = value_shift((enum shift)instruction->shift, &a, &count);

    if (sets_flags) {
        int8_t carry = carry_out(&state->flags, (enum shift)instruction->shift, &a, &count);
        flags_of_result(&state->flags, &result);
        state->flags.c = carry;
    }
    state_set_register(state, instruction->d, &result);
}

// Fields of bits, halves, products, quotients.
static bool execute_other_data(struct state *state, const struct instruction *instruction,
                               struct value *result)
{
    struct value n = operand_register(state, instruction, instruction->n);
    struct value d = operand_register(state, instruction, instruction->d);
    struct value half = value_number(instruction->immediate), zero = value_number(0);

    switch (instruction->operation) {
    case OP_MOVT:
        *result = value_insert(&d, &half, 16, 16);
        return true;
    case OP_ADR:
        *result = half;
        return true;
    case OP_EXTRACT:
        *result = value_extract(&n, instruction->first, instruction->width, instruction->is_signed);
        return true;
    case OP_INSERT:
        *result = value_insert(&d, instruction->n == NO_REGISTER ? &zero : &n, instruction->first,
                               instruction->width);
        return true;
    case OP_MUL:
    case OP_MLA:
    case OP_MLS:
        *result = product(state, instruction);
        return true;
    case OP_UDIV:
    case OP_SDIV:
    case OP_CLZ:
    case OP_RBIT:
    case OP_REV:
        *result = of_numbers(state, instruction);
        return true;
    default:
        return false;
    }
}

static bool only_compares(const struct instruction *instruction)
{
    return instruction->operation == OP_CMP || instruction->operation == OP_CMN ||
           instruction->operation == OP_TST || instruction->operation == OP_TEQ;
}

bool execute_data(struct state *state, const struct instruction *instruction, bool sets_flags)
{
    struct value a, b, result;

    if (instruction->operation == OP_SHIFT) {
        execute_shift(state, instruction, sets_flags);
        return true;
    }
    if (instruction->operation == OP_UMULL) {
        multiply_long(state, instruction);
        return true;
    }
    a = operand_register(state, instruction, instruction->n);
    b = operand_second(state, instruction);
    if (execute_bits(instruction, &a, &b, &result) ||
        execute_other_data(state, instruction, &result)) {
        if (sets_flags) { // C is that of the shifter, which nobody looks at
            flags_of_result(&state->flags, &result);
            state->flags.c = -1;
        }
    } else if (!execute_sum(&state->flags, instruction, &a, &b, sets_flags, &result)) {
        return false;
    }
    if (!only_compares(instruction)) {
        state_set_register(state, instruction->d, &result);
    }
    return true;
}
