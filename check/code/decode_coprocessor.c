// decode_coprocessor.c: reads what the FPU and other coprocessors do to core registers and memory.
// SPDX-License-Identifier: MIT
//
// Values of the FPU are unknown to the walk. Of MVE's instructions (Armv8.1-M) only those that load
// and store whole vectors are told apart: the others may write any register but SP and PC.
#include "decode.h"

enum { ANY_REGISTER = 0x5FFF };

static bool is_fpu(unsigned second)
{
    return (second & 0xE00) == 0xA00;
}

static bool is_mve(unsigned second)
{
    return (second & 0xE00) == 0xE00;
}

// VLDR and VSTR.
static bool decode_float(struct instruction *instruction, unsigned first, unsigned second)
{
    bool adds = first & 0x80, is_half = (second & 0xF00) == 0x900;
    uint32_t offset = (second & 0xFF) * (is_half ? 2 : 4), base = (instruction->address + 4) & ~3u;

    instruction->operation = first & 0x10 ? OP_LOAD_FLOATS : OP_STORE_FLOATS;
    instruction->is_memory = instruction->has_immediate = true;
    instruction->bytes = is_half ? 2 : (second & 0xF00) == 0xB00 ? 8 : 4;
    instruction->immediate = offset;
    instruction->subtracts = !adds;
    if (instruction->n == REGISTER_PC) {
        instruction->is_literal = true;
        instruction->subtracts = false;
        instruction->immediate = adds ? base + offset : base - offset;
    }
    return true;
}

// VLDM, VSTM, VPOP, VPUSH; VLSTM and VLLDM (Armv8-M), which keep all of the FPU.
static bool decode_floats(struct instruction *instruction, unsigned first, unsigned second)
{
    enum { ALL_OF_FPU = 34 * 4 };

    instruction->operation = OP_STACK_FLOATS;
    instruction->is_memory = true;
    instruction->stores = !(first & 0x10);
    instruction->writes_back = first & 0x20;
    instruction->decrements = first & 0x100;
    instruction->immediate = (second & 0xFF) * 4;
    if (!(first & 0x180)) {
        instruction->writes_back = false;
        instruction->immediate = ALL_OF_FPU;
    }
    bool undefined = !(first & 0x1A0) || (first & 0x1A0) == 0x1A0;
    return !undefined && instruction->n != REGISTER_PC;
}

// Whole vectors, at seven bits times the size of an element from a register.
static bool decode_vector(struct instruction *instruction, unsigned first, unsigned second)
{
    enum { VECTOR = 16 };

    instruction->operation = first & 0x10 ? OP_LOAD_FLOATS : OP_STORE_FLOATS;
    instruction->is_memory = instruction->has_immediate = true;
    instruction->bytes = VECTOR;
    instruction->immediate = (second & 0x7Fu) << (second >> 7 & 3);
    instruction->subtracts = !(first & 0x80);
    instruction->post = !(first & 0x100);
    instruction->writes_back = first & 0x20;
    return true;
}

// EC00 to EDFF and FC00 to FDFF: memory, and moves of two registers.
static bool decode_transfer(struct instruction *instruction, unsigned first, unsigned second)
{
    bool writes_back = first & 0x20;

    if ((first & 0x1E0) == 0x40) { // MRRC, MCRR, VMOV
        unsigned both = 1u << (second >> 12) | 1u << (first & 0xF);
        return decode_other(instruction, first & 0x10 ? both : 0);
    }
    instruction->n = decode_bits(first, 0, 4);
    if (is_mve(second) && first < 0xF000 && second & 0x1000) {
        return decode_vector(instruction, first, second);
    }
    if (is_mve(second)) {
        unsigned base = writes_back ? 1u << (first & 0xF) : 0; // which may be SP
        return decode_other(instruction, ANY_REGISTER | base);
    }
    if (first >= 0xF000 || !(is_fpu(second) || (second & 0xF00) == 0x900)) { // LDC, STC
        return decode_other(instruction, writes_back ? 1u << (first & 0xF) : 0);
    }
    return (first & 0x120) == 0x100 ? decode_float(instruction, first, second)
                                    : decode_floats(instruction, first, second);
}

bool decode_coprocessor(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned t = second >> 12;

    if (!(first & 0x200)) {
        return decode_transfer(instruction, first, second);
    }
    if (first & 0x100 || is_mve(second)) {
        return decode_other(instruction, ANY_REGISTER); // MVE
    }
    if (!(second & 0x10) || !(first & 0x10)) { // CDP, MCR, arithmetic of the FPU
        return decode_other(instruction, 0);
    }
    if (is_fpu(second) && first >= 0xF000) { // VSEL, VRINT ...
        return decode_other(instruction, 0);
    }
    instruction->sets_flags = t == REGISTER_PC; // VMRS APSR_nzcv and the like
    return decode_other(instruction, 1u << t);
}
