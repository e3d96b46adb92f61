// function_code.h: what the instructions of a function do, as far as a question needs it.
// SPDX-License-Identifier: MIT
//
// The instructions are those of the ELF, in the order of addresses. What it does not hold reads 0.
#ifndef BOOTLEAP_SIM_FUNCTION_CODE_H
#define BOOTLEAP_SIM_FUNCTION_CODE_H

#include "image_symbols.h"
#include "thumb.h"

// The call before a return address; none where that is not one of Thumb code. *target is where a BL
// goes, 0 of another.
enum thumb_call code_call_before(const struct image *image, uint32_t return_address,
                                 uint32_t *target);

// How the function has moved SP before it comes to `pc`.
struct thumb_frame code_frame(const struct image *image, const struct symbol *function,
                              uint32_t pc);

// Where a function branches to another for good, as the last call of one often does; 0: nowhere.
uint32_t code_branch_to(const struct image *image, const struct symbol *function, uint32_t target);

// Whether a function writes this register of the core by MSR (its number there), and where last.
bool code_writes(const struct image *image, const struct symbol *function, unsigned number,
                 uint32_t *place);

// Whether a function has this instruction of 2 bytes, and where last.
bool code_has(const struct image *image, const struct symbol *function, uint16_t instruction,
              uint32_t *place);

// Whether an instruction of [from, to) loads a register by SP.
bool code_loads_by_sp(const struct image *image, uint32_t from, uint32_t to);

#endif
