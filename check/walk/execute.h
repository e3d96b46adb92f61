// execute.h: what each kind of instruction does to a state.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_EXECUTE_H
#define BOOTLEAP_CHECK_EXECUTE_H

#include "walker.h"

// Each leaves state->pc alone unless it goes elsewhere than to the next instruction.
// `certain`: false where nobody knows whether it is executed: a store then may not happen.
enum step execute(struct walker *walker, struct state *state, const struct instruction *instruction,
                  bool certain);

// Moves, sums, bits, shifts, products. False: it is another kind.
bool execute_data(struct state *state, const struct instruction *instruction, bool sets_flags);

enum step execute_load(struct walker *walker, struct state *state,
                       const struct instruction *instruction);
enum step execute_store(struct walker *walker, struct state *state,
                        const struct instruction *instruction, bool certain);

// MRS, MSR, CPS.
enum step execute_special(struct walker *walker, struct state *state,
                          const struct instruction *instruction);

enum step execute_branch(struct walker *walker, struct state *state,
                         const struct instruction *instruction);

// TBB, TBH; ADD PC; MOV PC, to a value that nobody knows.
enum step execute_table(struct walker *walker, struct state *state,
                        const struct instruction *instruction);
enum step execute_add_pc(struct walker *walker, struct state *state,
                         const struct instruction *instruction);
enum step execute_move_pc(struct walker *walker, const struct state *state,
                          const struct instruction *instruction);

// Of the table behind the ADD PC at `address`: the bytes of an entry; 0: there is no table.
unsigned execute_bytes_behind_add(const struct firmware *firmware, uint32_t address);

// Whether the instruction loads PC from a table of addresses at *table, by an index that nobody
// knows; and the ways on then.
bool execute_is_table(const struct state *state, const struct instruction *instruction,
                      uint32_t *table);
enum step execute_table_of_words(struct walker *walker, const struct state *state, uint32_t table);

// Goes to where this value points, from the instruction at state->pc; `back`: the instruction
// behind it, where it links.
enum step execute_jump(struct walker *walker, struct state *state, const struct value *target,
                       bool links, uint32_t back);

#endif
