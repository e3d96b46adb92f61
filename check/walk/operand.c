// operand.c: reads the operands of an instruction.
// SPDX-License-Identifier: MIT
#include "operand.h"

struct value operand_register(const struct state *state, const struct instruction *instruction,
                              unsigned number)
{
    if (number == REGISTER_PC) {
        return value_number(instruction->address + 4);
    }
    return number > REGISTER_PC ? value_unknown() : state_register(state, number);
}

struct value operand_second(const struct state *state, const struct instruction *instruction)
{
    struct value value, by;

    if (instruction->has_immediate) {
        return value_number(instruction->immediate);
    }
    value = operand_register(state, instruction, instruction->m);
    by = value_number(instruction->shift_by);
    return value_shift((enum shift)instruction->shift, &value, &by);
}

struct value operand_address(const struct state *state, const struct instruction *instruction,
                             struct value *base_after)
{
    struct value base, offset, address;

    if (instruction->is_literal) {
        *base_after = value_unknown();
        return value_number(instruction->immediate);
    }
    base = operand_register(state, instruction, instruction->n);
    if (instruction->n == REGISTER_PC) {
        base.bits &= ~UINT32_C(3);
    }
    offset = operand_second(state, instruction);
    address = instruction->subtracts ? value_subtract(&base, &offset) : value_add(&base, &offset);
    *base_after = address;
    return instruction->post ? base : address;
}
