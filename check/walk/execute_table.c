// execute_table.c: branches by a table: TBB, TBH, ADD PC, and PC from a table of addresses.
// SPDX-License-Identifier: MIT
#include "execute.h"
#include "operand.h"

// Its bytes, at most.
enum { LONGEST_TABLE = 4096, LOAD_WITHIN = 8 };

// One way on for each place. False: there is no room, and the walk has not seen all.
static bool add_place(struct walker *walker, const struct state *state, uint32_t pc)
{
    for (unsigned i = 0; i < walker->next_count; i++) {
        if (walker->next[i].pc == pc) {
            return true;
        }
    }
    if (walker->next_count == SUCCESSORS) {
        walker_cut(walker, state);
        return false;
    }
    walker->next[walker->next_count++] = (struct successor){.pc = pc, .stack = state->stack};
    return true;
}

// The way ends here, and the walk has not seen where it goes on.
static enum step give_up(struct walker *walker, const struct state *state)
{
    walker_cut(walker, state);
    return STEP_ENDS;
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
static enum step fork_on_offsets(struct walker *walker, const struct state *state, uint32_t table,
                                 uint32_t size, unsigned bytes)
{
    uint32_t entry, from = state->pc + 4;
    uint32_t end = size < UINT32_MAX - table ? table + size : UINT32_MAX;

    walker->next_count = 0;
    for (uint32_t at = table; at < end; at += bytes) {
        if (at - table >= LONGEST_TABLE) {
            walker_cut(walker, state);
            break;
        }
        if (!code_map_constant(&walker->firmware->map, at, bytes, &entry)) {
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
        return fork_on_offsets(walker, state, base.bits, size_of_table(walker, instruction),
                               instruction->bytes);
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
        if (!code_map_constant(&walker->firmware->map, at, 4, &word)) {
            break;
        }
        word &= ~UINT32_C(1); // MOV PC needs no Thumb bit
        if (!firmware_function(walker->firmware, word, &other) || other != function ||
            !add_place(walker, state, word)) {
            break;
        }
        end = word >= table && word < end ? word : end;
    }
    return walker->next_count ? STEP_FORKS : give_up(walker, state);
}

// The load that stands a few instructions before the branch at `address`, and is of this kind.
static const struct instruction *load_before(const struct firmware *firmware, uint32_t address,
                                             bool is_word)
{
    for (uint32_t back = 2; back <= LOAD_WITHIN; back += 2) {
        const struct instruction *load = firmware_instruction(firmware, address - back);
        if (load && load->operation == OP_LOAD && load->size <= back &&
            (is_word ? load->bytes == 4 && !load->has_immediate && !load->is_literal
                     : load->bytes < 4)) {
            return load;
        }
    }
    return NULL;
}

unsigned execute_bytes_behind_add(const struct firmware *firmware, uint32_t address)
{
    const struct instruction *load = load_before(firmware, address, false);

    return load ? load->bytes : 0;
}

// Clang on Armv6-M: LDRB or LDRH from a table that stands right behind, LSLS, ADD PC.
enum step execute_add_pc(struct walker *walker, struct state *state,
                         const struct instruction *instruction)
{
    struct value offset = operand_register(state, instruction, instruction->m);
    unsigned bytes = execute_bytes_behind_add(walker->firmware, instruction->address);

    if (value_is_number(&offset)) {
        state->pc = (instruction->address + 4 + offset.bits) & ~UINT32_C(1);
        return STEP_ON;
    }
    return bytes ? fork_on_offsets(walker, state, instruction->address + 2, UINT32_MAX, bytes)
                 : give_up(walker, state);
}

// GCC on Armv6-M: LDR Rd, [Rn, Rm] from a table of addresses, MOV PC, Rd.
enum step execute_move_pc(struct walker *walker, const struct state *state,
                          const struct instruction *instruction)
{
    const struct instruction *load = load_before(walker->firmware, instruction->address, true);
    struct value base;

    if (!load || load->d != instruction->m) {
        return give_up(walker, state);
    }
    base = state_register(state, load->n == load->d ? load->m : load->n);
    return value_is_number(&base) ? execute_table_of_words(walker, state, base.bits)
                                  : give_up(walker, state);
}
