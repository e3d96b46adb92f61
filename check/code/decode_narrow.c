// decode_narrow.c: reads 16-bit instructions that compute, load or store.
// SPDX-License-Identifier: MIT
#include "decode.h"

// Two registers of three bits: the operand, and what is written.
static void low_registers(struct instruction *instruction, unsigned code)
{
    instruction->d = decode_bits(code, 0, 3);
    instruction->m = decode_bits(code, 3, 3);
}

// They set the flags, but in an IT block.
static void set_flags(struct instruction *instruction)
{
    instruction->sets_flags = true;
    instruction->narrow_flags = true;
}

static void put_immediate(struct instruction *instruction, uint32_t immediate)
{
    instruction->has_immediate = true;
    instruction->immediate = immediate;
}

// LSL, LSR, ASR by a number: 0 is MOVS of LSL, and 32 of the others.
static void decode_shift(struct instruction *instruction, unsigned code)
{
    uint8_t count = decode_bits(code, 6, 5);

    set_flags(instruction);
    low_registers(instruction, code);
    instruction->shift = decode_bits(code, 11, 2);
    if (instruction->shift == SHIFT_LSL && count == 0) {
        instruction->operation = OP_MOV;
        return;
    }
    instruction->operation = OP_SHIFT;
    instruction->n = instruction->m;
    instruction->m = NO_REGISTER;
    put_immediate(instruction, count ? count : 32);
}

// ADD and SUB of three registers, or of two and three bits.
static void decode_add_three(struct instruction *instruction, unsigned code)
{
    set_flags(instruction);
    instruction->operation = code & 0x200 ? OP_SUB : OP_ADD;
    instruction->d = decode_bits(code, 0, 3);
    instruction->n = decode_bits(code, 3, 3);
    if (code & 0x400) {
        put_immediate(instruction, decode_bits(code, 6, 3));
    } else {
        instruction->m = decode_bits(code, 6, 3);
    }
}

// MOV, CMP, ADD and SUB with eight bits.
static void decode_eight_bits(struct instruction *instruction, unsigned code)
{
    static const uint8_t operations[] = {OP_MOV, OP_CMP, OP_ADD, OP_SUB};
    uint8_t which = decode_bits(code, 8, 3);

    instruction->operation = operations[code >> 11 & 3];
    put_immediate(instruction, code & 0xFF);
    if (instruction->operation == OP_CMP) {
        instruction->sets_flags = true;
        instruction->n = which;
        return;
    }
    set_flags(instruction);
    instruction->d = which;
    instruction->n = instruction->operation == OP_MOV ? NO_REGISTER : which;
}

// Shifts by a register.
static void decode_shift_register(struct instruction *instruction, enum shift shift)
{
    instruction->operation = OP_SHIFT;
    instruction->shift = (uint8_t)shift;
    instruction->n = instruction->d;
}

static void decode_two_registers(struct instruction *instruction, unsigned code)
{
    static const uint8_t operations[16] = {OP_AND, OP_EOR,   OP_SHIFT, OP_SHIFT, OP_SHIFT, OP_ADC,
                                           OP_SBC, OP_SHIFT, OP_TST,   OP_RSB,   OP_CMP,   OP_CMN,
                                           OP_ORR, OP_MUL,   OP_BIC,   OP_MVN};
    static const uint8_t shifts[16] = {[2] = SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, [7] = SHIFT_ROR};
    unsigned which = code >> 6 & 0xF;

    low_registers(instruction, code);
    set_flags(instruction);
    instruction->operation = operations[which];
    switch (operations[which]) {
    case OP_SHIFT:
        decode_shift_register(instruction, shifts[which]);
        break;
    case OP_TST:
    case OP_CMP:
    case OP_CMN:
        instruction->narrow_flags = false; // inside an IT block as well
        instruction->n = instruction->d;
        instruction->d = NO_REGISTER;
        break;
    case OP_RSB: // NEG
        instruction->n = instruction->m;
        instruction->m = NO_REGISTER;
        put_immediate(instruction, 0);
        break;
    case OP_MVN:
        break;
    default:
        instruction->n = instruction->d;
        break;
    }
}

// ADD, CMP and MOV of any registers, BX and BLX.
static void decode_any_registers(struct instruction *instruction, unsigned code)
{
    uint8_t d = (uint8_t)(decode_bits(code, 0, 3) | (code >> 4 & 8));

    instruction->m = decode_bits(code, 3, 4);
    switch (code >> 8 & 3) {
    case 0:
        instruction->operation = d == REGISTER_PC ? OP_ADD_PC : OP_ADD;
        instruction->d = instruction->n = d == REGISTER_PC ? NO_REGISTER : d;
        break;
    case 1:
        instruction->operation = OP_CMP;
        instruction->sets_flags = true;
        instruction->n = d;
        break;
    case 2:
        instruction->operation = d == REGISTER_PC ? OP_BX : OP_MOV;
        instruction->d = d == REGISTER_PC ? NO_REGISTER : d;
        instruction->moves_pc = d == REGISTER_PC;
        break;
    default: // BXNS and BLXNS, too
        instruction->operation = code & 0x80 ? OP_BLX : OP_BX;
        break;
    }
}

static void put_access(struct instruction *instruction, bool loads, unsigned bytes)
{
    instruction->operation = loads ? OP_LOAD : OP_STORE;
    instruction->is_memory = true;
    instruction->bytes = (uint8_t)bytes;
}

static void decode_access_register(struct instruction *instruction, unsigned code)
{
    static const struct {
        bool loads, is_signed;
        uint8_t bytes;
    } kinds[] = {{false, false, 4}, {false, false, 2}, {false, false, 1}, {true, true, 1},
                 {true, false, 4},  {true, false, 2},  {true, false, 1},  {true, true, 2}};
    unsigned kind = code >> 9 & 7;

    put_access(instruction, kinds[kind].loads, kinds[kind].bytes);
    instruction->is_signed = kinds[kind].is_signed;
    instruction->d = decode_bits(code, 0, 3);
    instruction->n = decode_bits(code, 3, 3);
    instruction->m = decode_bits(code, 6, 3);
}

static void decode_access_immediate(struct instruction *instruction, unsigned code)
{
    unsigned bytes = code < 0x7000 ? 4 : code < 0x8000 ? 1 : 2;

    put_access(instruction, code & 0x800, bytes);
    instruction->d = decode_bits(code, 0, 3);
    instruction->n = decode_bits(code, 3, 3);
    put_immediate(instruction, decode_bits(code, 6, 5) * bytes);
}

// LDR literal, and LDR and STR by SP.
static void decode_access_far(struct instruction *instruction, unsigned code)
{
    uint32_t offset = (code & 0xFF) * 4;

    put_access(instruction, code & 0x800, 4);
    instruction->d = decode_bits(code, 8, 3);
    instruction->n = REGISTER_SP;
    if (code < 0x5000) {
        instruction->n = REGISTER_PC;
        instruction->is_literal = true;
        offset += (instruction->address + 4) & ~3u;
    }
    put_immediate(instruction, offset);
}

// ADR, and ADD of SP and eight bits.
static void decode_address(struct instruction *instruction, unsigned code)
{
    uint32_t offset = (code & 0xFF) * 4;

    instruction->d = decode_bits(code, 8, 3);
    if (code & 0x800) {
        instruction->operation = OP_ADD;
        instruction->n = REGISTER_SP;
        put_immediate(instruction, offset);
        return;
    }
    instruction->operation = OP_ADR;
    put_immediate(instruction, ((instruction->address + 4) & ~3u) + offset);
}

static void decode_compute(struct instruction *instruction, unsigned code)
{
    if (code >= 0x4400) {
        decode_any_registers(instruction, code);
    } else if (code >= 0x4000) {
        decode_two_registers(instruction, code);
    } else if (code >= 0x2000) {
        decode_eight_bits(instruction, code);
    } else if (code >= 0x1800) {
        decode_add_three(instruction, code);
    } else {
        decode_shift(instruction, code);
    }
}

bool decode_narrow(struct instruction *instruction, unsigned code)
{
    if (code >> 8 == 0x47 && code & 3) { // BX and BLX have a bit for NS, and none behind it
        return false;
    }
    if (code < 0x4800) {
        decode_compute(instruction, code);
    } else if (code < 0x5000) {
        decode_access_far(instruction, code);
    } else if (code < 0x6000) {
        decode_access_register(instruction, code);
    } else if (code < 0x9000) {
        decode_access_immediate(instruction, code);
    } else if (code < 0xA000) {
        decode_access_far(instruction, code);
    } else if (code < 0xB000) {
        decode_address(instruction, code);
    } else {
        return decode_narrow_misc(instruction, code);
    }
    return true;
}
