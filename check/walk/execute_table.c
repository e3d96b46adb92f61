// execute_table.c: branches by a table: TBB, TBH, and loads of PC from a table of addresses.
// SPDX-License-Identifier: MIT
#include "execute.h"
#include "operand.h"

// Its bytes, at most.
enum { LONGEST_TABLE = 4096 };

// One way on for each place. False: there is no room, and the walk has not seen all.
static bool add_place(struct walker *walker, const struct state *state, uint32_t pc)
{
    for (unsigned i = 0; i < walker->next_count; i++) {
        if (walker->next[i].pc == pc) {
            return true;
        }
    }
    if (walker->next_count == SUCCESSORS) {
        walker->gave_up = true;
        return false;
    }
    walker->next[walker->next_count++] = (struct successor){.pc = pc, .stack = state->stack};
    return true;
}

// How many bytes the table has: compilers compare the index right before, and branch away where it
// is higher. UINT32_MAX where they do not.
static uint32_t size_of_table(const struct walker *walker, const struct instruction *table)
{
    for (uint32_t branch = 2; branch <= 4; branch += 2) {
        const struct instruction *away =
            firmware_instruction(walker->firmware, table->address - branch);
        if (!away || away->operation != OP_B || away->size != branch ||
            away->condition != CONDITION_HI) {
            continue;
        }
        for (uint32_t size = 2; size <= 4; size += 2) {
            const struct instruction *last =
                firmware_instruction(walker->firmware, away->address - size);
            if (last && last->operation == OP_CMP && last->size == size && last->has_immediate &&
                last->n == table->m) {
                return (last->immediate + 1) * table->bytes;
            }
        }
    }
    return UINT32_MAX;
}

// The entries of a table up to the first place that is branched to: none lies behind it.
static enum step fork_on_offsets(struct walker *walker, const struct state *state,
                                 const struct instruction *instruction, uint32_t table)
{
    uint32_t size = size_of_table(walker, instruction), entry, from = instruction->address + 4;
    uint32_t end = size < UINT32_MAX - table ? table + size : UINT32_MAX;

    walker->next_count = 0;
    for (uint32_t at = table; at < end; at += instruction->bytes) {
        if (at - table >= LONGEST_TABLE) {
            walker->gave_up = true;
            break;
        }
        if (!code_map_constant(&walker->firmware->map, at, instruction->bytes, &entry)) {
            break;
        }
        uint32_t target = from + 2 * entry;
        if (!add_place(walker, state, target)) {
            break;
        }
        end = target >= table && target < end ? target : end;
    }
    return walker->next_count ? STEP_FORKS : STEP_ENDS;
}

enum step execute_table(struct walker *walker, struct state *state,
                        const struct instruction *instruction)
{
    struct value base = operand_register(state, instruction, instruction->n);
    struct value index = operand_register(state, instruction, instruction->m);
    uint32_t entry, at;

    if (!value_is_number(&base)) {
        return STEP_ENDS;
    }
    if (!value_is_number(&index)) {
        return fork_on_offsets(walker, state, instruction, base.bits);
    }
    at = base.bits + instruction->bytes * index.bits;
    if (!code_map_constant(&walker->firmware->map, at, instruction->bytes, &entry)) {
        return STEP_ENDS;
    }
    state->pc = instruction->address + 4 + 2 * entry;
    return STEP_ON;
}

bool execute_is_table(const struct state *state, const struct instruction *instruction,
                      uint32_t *table)
{
    struct value base, index;

    if (instruction->operation != OP_LOAD || instruction->d != REGISTER_PC ||
        instruction->has_immediate || instruction->is_literal) {
        return false;
    }
    base = operand_register(state, instruction, instruction->n);
    index = operand_register(state, instruction, instruction->m);
    *table = base.bits & ~UINT32_C(3); // of PC the word that it is in
    return value_is_number(&base) && !value_is_number(&index);
}

// Words up to one that is no address in this function, or to the first place that is branched to.
enum step execute_table_of_words(struct walker *walker, const struct state *state, uint32_t table)
{
    uint32_t end = UINT32_MAX, function, other, word;

    walker->next_count = 0;
    if (!firmware_function(walker->firmware, state->pc, &function)) {
        return STEP_ENDS;
    }
    for (uint32_t at = table; at < end && at - table < LONGEST_TABLE; at += 4) {
        if (!code_map_constant(&walker->firmware->map, at, 4, &word) || !(word & 1) ||
            !firmware_function(walker->firmware, word - 1, &other) || other != function ||
            !add_place(walker, state, word - 1)) {
            break;
        }
        end = word - 1 >= table && word - 1 < end ? word - 1 : end;
    }
    return walker->next_count ? STEP_FORKS : STEP_ENDS;
}
