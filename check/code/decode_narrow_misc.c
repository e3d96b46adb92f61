// decode_narrow_misc.c: reads 16-bit instructions that push, pop, branch, or do little things.
// SPDX-License-Identifier: MIT
#include "decode.h"

// ADD and SUB of SP and seven bits.
static void decode_stack_pointer(struct instruction *instruction, unsigned code)
{
    instruction->operation = code & 0x80 ? OP_SUB : OP_ADD;
    instruction->d = instruction->n = REGISTER_SP;
    instruction->has_immediate = true;
    instruction->immediate = (code & 0x7F) * 4;
}

static void decode_compare_branch(struct instruction *instruction, unsigned code)
{
    instruction->operation = code & 0x800 ? OP_CBNZ : OP_CBZ;
    instruction->n = decode_bits(code, 0, 3);
    instruction->immediate =
        instruction->address + 4 + (decode_bits(code, 3, 5) | (code >> 4 & 0x20)) * 2;
}

// SXTH, SXTB, UXTH, UXTB.
static void decode_extend(struct instruction *instruction, unsigned code)
{
    instruction->operation = OP_EXTRACT;
    instruction->d = decode_bits(code, 0, 3);
    instruction->n = decode_bits(code, 3, 3);
    instruction->width = code & 0x40 ? 8 : 16;
    instruction->is_signed = (code & 0x80) == 0;
}

static bool decode_push_pop(struct instruction *instruction, unsigned code)
{
    bool pops = code & 0x800;
    unsigned list = (code & 0xFF) | (code & 0x100 ? 1u << (pops ? REGISTER_PC : REGISTER_LR) : 0);

    instruction->operation = pops ? OP_LOAD_MANY : OP_STORE_MANY;
    instruction->is_memory = instruction->writes_back = true;
    instruction->decrements = !pops;
    instruction->n = REGISTER_SP;
    instruction->list = (uint16_t)list;
    return list != 0;
}

static bool decode_reverse(struct instruction *instruction, unsigned code)
{
    instruction->d = decode_bits(code, 0, 3);
    instruction->m = decode_bits(code, 3, 3);
    switch (code >> 6 & 3) {
    case 0:
        instruction->operation = OP_REV;
        return true;
    case 2: // HLT
        return false;
    default: // REV16, REVSH
        return decode_other(instruction, 1u << instruction->d);
    }
}

static bool decode_cps(struct instruction *instruction, unsigned code)
{
    instruction->operation = OP_CPS;
    instruction->immediate = code >> 4 & 1;
    instruction->first = decode_bits(code, 1, 1); // I
    instruction->width = decode_bits(code, 0, 1); // F
    return true;
}

// IT, or a hint.
static bool decode_it(struct instruction *instruction, unsigned code)
{
    instruction->operation = code & 0xF ? OP_IT : OP_NOTHING;
    instruction->list = code & 0xF ? code & 0xFF : 0;
    return true;
}

static bool decode_misc(struct instruction *instruction, unsigned code)
{
    if ((code & 0x500) == 0x100) {
        decode_compare_branch(instruction, code);
        return true;
    }
    switch (code >> 8 & 0xF) {
    case 0x0:
        decode_stack_pointer(instruction, code);
        return true;
    case 0x2:
        decode_extend(instruction, code);
        return true;
    case 0x4:
    case 0x5:
    case 0xC:
    case 0xD:
        return decode_push_pop(instruction, code);
    case 0x6:
        return (code & 0xFFE8) == 0xB660 && decode_cps(instruction, code);
    case 0xA:
        return decode_reverse(instruction, code);
    case 0xF:
        return decode_it(instruction, code);
    default: // BKPT, and what is undefined
        return false;
    }
}

// LDM writes its base back unless it loads it.
static bool decode_many(struct instruction *instruction, unsigned code)
{
    bool loads = code & 0x800;

    instruction->operation = loads ? OP_LOAD_MANY : OP_STORE_MANY;
    instruction->is_memory = true;
    instruction->n = decode_bits(code, 8, 3);
    instruction->list = code & 0xFF;
    instruction->writes_back = !loads || !(instruction->list >> instruction->n & 1);
    return instruction->list != 0;
}

static bool decode_condition(struct instruction *instruction, unsigned code)
{
    unsigned condition = code >> 8 & 0xF;

    if (condition == 0xF) {
        instruction->operation = OP_SVC;
        instruction->immediate = code & 0xFF;
        return true;
    }
    instruction->operation = OP_B;
    instruction->condition = (uint8_t)condition;
    instruction->immediate = instruction->address + 4 + decode_signed(code & 0xFF, 8) * 2;
    return condition != 0xE; // UDF
}

bool decode_narrow_misc(struct instruction *instruction, unsigned code)
{
    if (code < 0xC000) {
        return decode_misc(instruction, code);
    }
    if (code < 0xD000) {
        return decode_many(instruction, code);
    }
    if (code < 0xE000) {
        return decode_condition(instruction, code);
    }
    instruction->operation = OP_B;
    instruction->immediate = instruction->address + 4 + decode_signed(code & 0x7FF, 11) * 2;
    return true;
}
