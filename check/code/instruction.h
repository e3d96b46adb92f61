// instruction.h: an instruction as the walk executes it, whatever read it.
// SPDX-License-Identifier: MIT
//
// Names are those of the Arm Architecture Reference Manuals (Armv6-M, Armv7-M, Armv8-M).
#ifndef BOOTLEAP_CHECK_INSTRUCTION_H
#define BOOTLEAP_CHECK_INSTRUCTION_H

#include "value.h"

#include <stdbool.h>
#include <stdint.h>

enum operation {
    OP_NOTHING, // a hint, a barrier but ISB, a preload: no register changes
    OP_OTHER,   // writes `writes` (and the flags, with sets_flags) with something unknown
    OP_MOV,     // d = second operand
    OP_MVN,
    OP_MOVT, // the upper half of d = immediate
    OP_ADR,  // d = immediate, which the decoder has computed
    OP_ADD,  // d = n + second operand
    OP_SUB,
    OP_RSB,
    OP_ADC,
    OP_SBC,
    OP_AND,
    OP_ORR,
    OP_ORN,
    OP_EOR,
    OP_BIC,
    OP_CMP, // n with the second operand
    OP_CMN,
    OP_TST,
    OP_TEQ,
    OP_SHIFT, // d = n shifted by the second operand, by `shift`
    OP_MUL,   // d = n * m
    OP_MLA,   // d = n * m + a
    OP_MLS,   // d = a - n * m
    OP_UMULL, // d, a = low and high word of n * m; is_signed: SMULL
    OP_UDIV,  // d = n / m
    OP_SDIV,
    OP_CLZ, // d from m
    OP_RBIT,
    OP_REV,
    OP_EXTRACT,        // d = bits of n: first, width; is_signed (UXTB, SXTH, UBFX ...)
    OP_INSERT,         // bits of d = low bits of n (BFI); n = NO_REGISTER: 0 (BFC)
    OP_LOAD,           // d = `bytes` bytes at the address; is_signed
    OP_STORE,          // d
    OP_LOAD_EXCLUSIVE, // the same; a store also sets `a` to 0
    OP_STORE_EXCLUSIVE,
    OP_LOAD_TWO, // d and a = two words
    OP_STORE_TWO,
    OP_LOAD_MANY, // `list` from the address on; base n
    OP_STORE_MANY,
    OP_LOAD_FLOATS,  // VLDR: `bytes` bytes at the address, as of OP_LOAD, into no core register
    OP_STORE_FLOATS, // VSTR: the same, with something unknown
    // VPUSH, VPOP, VLDM, VSTM: `immediate` bytes from n on, or below n where it `decrements`, are
    // read or, with `stores`, written; n moves by as much, if writes_back.
    OP_STACK_FLOATS,
    OP_B,   // to `immediate`, if `condition` holds
    OP_CBZ, // to `immediate`, if n is 0
    OP_CBNZ,
    OP_BL,         // to `immediate`
    OP_BX,         // to m (BX, BXNS, MOV PC, tail calls)
    OP_BLX,        // to m
    OP_LOOP_START, // WLS: LR = n; to `immediate`, if that is 0
    OP_LOOP_END,   // LE: LR more than 1: LR - 1 goes to LR, and to `immediate`. LETP: `width` is 1
    OP_ADD_PC,     // PC = PC + m
    OP_TABLE,      // TBB, TBH: table at n (PC: `immediate`), index m, entries of `bytes` bytes
    OP_IT,         // `list` is ITSTATE
    OP_MRS,        // d = special register `special`
    OP_MSR,        // special register `special` = n
    OP_CPS,        // `immediate` to PRIMASK (first = 1), FAULTMASK (width = 1)
    OP_ISB,
    OP_SVC,
    OP_STOPS, // UDF, BKPT: nothing behind it is reached
};

// An operand m that is the PC reads as the address of the instruction + 4.
enum { NO_REGISTER = 0xFF, REGISTER_SP = 13, REGISTER_LR = 14, REGISTER_PC = 15 };

// Conditions, as the architecture codes them; CONDITION_ALWAYS: none.
enum {
    CONDITION_EQ,
    CONDITION_NE,
    CONDITION_HS,
    CONDITION_LO,
    CONDITION_MI,
    CONDITION_PL,
    CONDITION_VS,
    CONDITION_VC,
    CONDITION_HI,
    CONDITION_LS,
    CONDITION_GE,
    CONDITION_LT,
    CONDITION_GT,
    CONDITION_LE,
    CONDITION_ALWAYS
};

// SYSm of MRS and MSR.
enum special_register {
    SPECIAL_APSR = 0,
    SPECIAL_IPSR = 5,
    SPECIAL_MSP = 8,
    SPECIAL_PSP = 9,
    SPECIAL_MSPLIM = 10,
    SPECIAL_PSPLIM = 11,
    SPECIAL_PRIMASK = 16,
    SPECIAL_BASEPRI = 17,
    SPECIAL_BASEPRI_MAX = 18,
    SPECIAL_FAULTMASK = 19,
    SPECIAL_CONTROL = 20
};

struct instruction {
    uint32_t address;
    uint8_t size;       // in bytes: 2 or 4
    uint8_t operation;  // enum operation
    uint8_t condition;  // of OP_B alone; other instructions get theirs from IT
    bool sets_flags;    // outside an IT block
    bool narrow_flags;  // ... and not inside one: the 16-bit encodings
    uint8_t d, n, m, a; // registers, or NO_REGISTER
    bool has_immediate; // the second operand is `immediate`; else m, shifted
    uint8_t shift;      // enum shift
    uint8_t shift_by;   // of m, 0: not
    uint32_t immediate;
    bool rotated; // AND, TST and the like: C becomes bit 31 of `immediate`; else it stays
    // Address of a load or store: n + `immediate`, n - `immediate` with `subtracts`, or
    // n + (m << shift_by) without has_immediate; n alone with `post`. is_literal: `immediate`
    // itself.
    bool is_memory, writes_back, post, is_literal, subtracts;
    uint8_t bytes;
    bool is_signed;
    uint8_t first, width; // of OP_EXTRACT and OP_INSERT
    bool decrements;      // OP_LOAD_MANY and the like: the words end below the base
    bool stores;          // of OP_STACK_FLOATS
    bool moves_pc;        // OP_BX: it is MOV PC, by which compilers go on in the same function
    uint16_t list;        // registers, bit 13 SP ... bit 15 PC
    uint8_t special;
    uint16_t writes; // OP_OTHER: registers that it changes
};

#endif
