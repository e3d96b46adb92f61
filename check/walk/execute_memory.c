// execute_memory.c: loads and stores of one word or several.
// SPDX-License-Identifier: MIT
#include "access.h"
#include "execute.h"
#include "operand.h"

enum { REGISTERS = 16 };

static struct value word_after(const struct value *address, uint32_t bytes)
{
    struct value offset = value_number(bytes);

    return value_add(address, &offset);
}

// Notes that an instruction reaches memory by SP.
static bool note_stack(struct walker *walker, struct state *state,
                       const struct instruction *instruction, const struct value *address)
{
    return instruction->is_literal || instruction->n != REGISTER_SP ||
           access_note_stack(walker, state, address);
}

// A load through an unknown pointer numbers it, so that two words behind it are seen together.
static void number_pointer(struct walker *walker, struct state *state,
                           const struct instruction *instruction, struct value *address)
{
    struct value *base = &state->r[instruction->n];

    if (instruction->is_literal || instruction->n >= REGISTER_SP || !instruction->has_immediate ||
        instruction->writes_back || base->source != SOURCE_PLAIN || base->known) {
        return;
    }
    *base = value_from(SOURCE_POINTER, 2 * ++walker->pointers, 0);
    *address =
        value_from(SOURCE_POINTER, base->from,
                   instruction->subtracts ? 0 - instruction->immediate : instruction->immediate);
}

static struct value extended(const struct instruction *instruction, const struct value *value)
{
    return instruction->is_signed && instruction->bytes < 4
               ? value_extract(value, 0, 8u * instruction->bytes, true)
               : *value;
}

static enum step load_one(struct walker *walker, struct state *state,
                          const struct instruction *instruction, const struct value *address,
                          const struct value *after)
{
    struct value value;
    uint32_t table;

    if (execute_is_table(state, instruction, &table)) {
        return execute_table_of_words(walker, state, table);
    }
    if (!access_load(walker, state, address, instruction->bytes, &value)) {
        return STEP_FAILED;
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, after);
    }
    if (instruction->n == REGISTER_SP && state->number_stack && value.source == SOURCE_RAM) {
        value = value_from(SOURCE_NEW_STACK, state->pc, 0); // what nothing has put there
    }
    value = extended(instruction, &value);
    if (instruction->d == REGISTER_PC) {
        return execute_jump(walker, state, &value, false, 0);
    }
    state_set_register(state, instruction->d, &value);
    return STEP_ON;
}

static enum step load_two(struct walker *walker, struct state *state,
                          const struct instruction *instruction, const struct value *address,
                          const struct value *after)
{
    struct value second = word_after(address, 4), low, high;

    if (!access_load(walker, state, address, 4, &low) ||
        !access_load(walker, state, &second, 4, &high)) {
        return STEP_FAILED;
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, after);
    }
    state_set_register(state, instruction->d, &low);
    state_set_register(state, instruction->a, &high);
    return STEP_ON;
}

static uint32_t list_bytes(uint16_t list)
{
    uint32_t bytes = 0;

    for (; list; list &= (uint16_t)(list - 1)) {
        bytes += 4;
    }
    return bytes;
}

// The lowest address of the words, and what the base becomes.
static struct value first_word(const struct state *state, const struct instruction *instruction,
                               struct value *after)
{
    struct value base = operand_register(state, instruction, instruction->n);
    struct value bytes = value_number(list_bytes(instruction->list));

    *after = instruction->decrements ? value_subtract(&base, &bytes) : value_add(&base, &bytes);
    return instruction->decrements ? *after : base;
}

static enum step load_many(struct walker *walker, struct state *state,
                           const struct instruction *instruction)
{
    struct value after, address = first_word(state, instruction, &after), value, target;

    if (!note_stack(walker, state, instruction, &address)) {
        return STEP_FAILED;
    }
    if (instruction->writes_back) { // a base in the list is loaded after all
        state_set_register(state, instruction->n, &after);
    }
    for (unsigned i = 0; i < REGISTERS; i++) {
        if (!(instruction->list >> i & 1)) {
            continue;
        }
        if (!access_load(walker, state, &address, 4, &value)) {
            return STEP_FAILED;
        }
        if (i == REGISTER_PC) {
            target = value;
        } else {
            state_set_register(state, i, &value);
        }
        address = word_after(&address, 4);
    }
    return instruction->list >> REGISTER_PC & 1 ? execute_jump(walker, state, &target, false, 0)
                                                : STEP_ON;
}

static enum step store_many(struct walker *walker, struct state *state,
                            const struct instruction *instruction, bool certain)
{
    struct value after, address = first_word(state, instruction, &after);

    if (!note_stack(walker, state, instruction, &address)) {
        return STEP_FAILED;
    }
    for (unsigned i = 0; i < REGISTERS; i++) {
        if (!(instruction->list >> i & 1)) {
            continue;
        }
        struct value value = operand_register(state, instruction, i);
        if (!access_store(walker, state, &address, &value, 4, certain)) {
            return STEP_FAILED;
        }
        address = word_after(&address, 4);
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, &after);
    }
    return STEP_ON;
}

// Registers of the FPU are not followed: words that come from them become unknown.
static bool store_unknown(struct walker *walker, struct state *state, const struct value *address,
                          uint32_t bytes, bool certain)
{
    struct value unknown = value_unknown();

    for (uint32_t at = 0; at < bytes; at += 4) {
        struct value word = word_after(address, at);
        if (!access_store(walker, state, &word, &unknown, bytes - at < 4 ? bytes - at : 4,
                          certain)) {
            return false;
        }
    }
    return true;
}

// VPUSH, VPOP, VLDM, VSTM.
static enum step move_floats(struct walker *walker, struct state *state,
                             const struct instruction *instruction, bool certain)
{
    struct value base = operand_register(state, instruction, instruction->n);
    struct value bytes = value_number(instruction->immediate);
    struct value after =
        instruction->decrements ? value_subtract(&base, &bytes) : value_add(&base, &bytes);
    const struct value *address = instruction->decrements ? &after : &base;

    if ((instruction->n == REGISTER_SP && !access_note_stack(walker, state, address)) ||
        (instruction->stores &&
         !store_unknown(walker, state, address, instruction->immediate, certain))) {
        return STEP_FAILED;
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, &after);
    }
    return STEP_ON;
}

// VLDR, VSTR.
static enum step move_float(struct walker *walker, struct state *state,
                            const struct instruction *instruction, bool certain)
{
    struct value after, address = operand_address(state, instruction, &after);
    bool stores = instruction->operation == OP_STORE_FLOATS;

    if (!note_stack(walker, state, instruction, &address) ||
        (stores && !store_unknown(walker, state, &address, instruction->bytes, certain))) {
        return STEP_FAILED;
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, &after);
    }
    return STEP_ON;
}

enum step execute_load(struct walker *walker, struct state *state,
                       const struct instruction *instruction)
{
    struct value after, address;

    if (instruction->operation == OP_LOAD_MANY) {
        return load_many(walker, state, instruction);
    }
    if (instruction->operation == OP_STACK_FLOATS) {
        return move_floats(walker, state, instruction, true);
    }
    if (instruction->operation == OP_LOAD_FLOATS) {
        return move_float(walker, state, instruction, true);
    }
    address = operand_address(state, instruction, &after);
    if (!note_stack(walker, state, instruction, &address)) {
        return STEP_FAILED;
    }
    number_pointer(walker, state, instruction, &address);
    return instruction->operation == OP_LOAD_TWO
               ? load_two(walker, state, instruction, &address, &after)
               : load_one(walker, state, instruction, &address, &after);
}

enum step execute_store(struct walker *walker, struct state *state,
                        const struct instruction *instruction, bool certain)
{
    struct value after, address, second, value, other, done = value_number(0);

    if (instruction->operation == OP_STORE_MANY) {
        return store_many(walker, state, instruction, certain);
    }
    if (instruction->operation == OP_STACK_FLOATS) {
        return move_floats(walker, state, instruction, certain);
    }
    if (instruction->operation == OP_STORE_FLOATS) {
        return move_float(walker, state, instruction, certain);
    }
    address = operand_address(state, instruction, &after);
    value = operand_register(state, instruction, instruction->d);
    if (!note_stack(walker, state, instruction, &address) ||
        !access_store(walker, state, &address, &value,
                      instruction->operation == OP_STORE_TWO ? 4 : instruction->bytes, certain)) {
        return STEP_FAILED;
    }
    if (instruction->operation == OP_STORE_TWO) {
        second = word_after(&address, 4);
        other = operand_register(state, instruction, instruction->a);
        if (!access_store(walker, state, &second, &other, 4, certain)) {
            return STEP_FAILED;
        }
    }
    if (instruction->operation == OP_STORE_EXCLUSIVE) {
        state_set_register(state, instruction->a, &done);
    }
    if (instruction->writes_back) {
        state_set_register(state, instruction->n, &after);
    }
    return STEP_ON;
}
