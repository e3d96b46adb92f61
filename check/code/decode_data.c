// decode_data.c: reads 32-bit instructions that compute with an immediate or a shifted register.
// SPDX-License-Identifier: MIT
#include "decode.h"

// What the four bits mean, where neither the PC is read nor nothing is written.
static const uint8_t operations[16] = {
    [0] = OP_AND, [1] = OP_BIC,  [2] = OP_ORR,  [3] = OP_ORN,  [4] = OP_EOR,
    [8] = OP_ADD, [10] = OP_ADC, [11] = OP_SBC, [13] = OP_SUB, [14] = OP_RSB,
};

static uint8_t without_result(unsigned operation)
{
    switch (operation) {
    case OP_AND:
        return OP_TST;
    case OP_EOR:
        return OP_TEQ;
    case OP_ADD:
        return OP_CMN;
    case OP_SUB:
        return OP_CMP;
    default:
        return OP_NOTHING;
    }
}

// Fills in operation, d, n and flags. A PC that is written is none, and one that is read neither.
static bool put_operation(struct instruction *instruction, unsigned first, unsigned second)
{
    uint8_t operation = operations[first >> 5 & 0xF];

    instruction->sets_flags = first & 0x10;
    instruction->d = decode_bits(second, 8, 4);
    instruction->n = decode_bits(first, 0, 4);
    if (instruction->d == REGISTER_PC) {
        operation = instruction->sets_flags ? without_result(operation) : OP_NOTHING;
        instruction->d = NO_REGISTER;
    } else if (instruction->n == REGISTER_PC && (operation == OP_ORR || operation == OP_ORN)) {
        operation = operation == OP_ORR ? OP_MOV : OP_MVN;
        instruction->n = NO_REGISTER;
    }
    instruction->operation = operation;
    return operation != OP_NOTHING && instruction->n != REGISTER_PC;
}

static uint32_t immediate_12(unsigned first, unsigned second)
{
    return (first & 0x400) << 1 | (second & 0x7000) >> 4 | (second & 0xFF);
}

// ThumbExpandImm.
static bool decode_modified(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t code = immediate_12(first, second), byte = code & 0xFF;
    uint32_t rotation = code >> 7, rotated = 0x80 | (code & 0x7F);

    instruction->has_immediate = true;
    switch (code >> 8) {
    case 0:
        instruction->immediate = byte;
        break;
    case 1:
        instruction->immediate = byte << 16 | byte;
        break;
    case 2:
        instruction->immediate = byte << 24 | byte << 8;
        break;
    case 3:
        instruction->immediate = byte * 0x01010101u;
        break;
    default: // by 8 to 31
        instruction->immediate = rotated >> rotation | rotated << (32 - rotation);
        break;
    }
    // The operations below 8 are those of single bits, whose C is the shifter's.
    instruction->rotated = code >= 0x400 && first & 0x10 && !(first & 0x100);
    return put_operation(instruction, first, second);
}

// ADDW and SUBW, which are ADR where they read the PC.
static bool decode_add_wide(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t offset = immediate_12(first, second);
    bool subtracts = first & 0x80;

    instruction->has_immediate = true;
    instruction->immediate = offset;
    instruction->operation = subtracts ? OP_SUB : OP_ADD;
    instruction->n = decode_bits(first, 0, 4);
    if (instruction->n == REGISTER_PC) {
        uint32_t base = (instruction->address + 4) & ~3u;
        instruction->operation = OP_ADR;
        instruction->n = NO_REGISTER;
        instruction->immediate = subtracts ? base - offset : base + offset;
    }
    return true;
}

static bool decode_move_wide(struct instruction *instruction, unsigned first, unsigned second)
{
    instruction->has_immediate = true;
    instruction->immediate = (first & 0xFu) << 12 | immediate_12(first, second);
    instruction->operation = first & 0x80 ? OP_MOVT : OP_MOV;
    return true;
}

// SBFX, UBFX, BFI, BFC.
static bool decode_bit_field(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned lowest = (second >> 10 & 0x1C) | (second >> 6 & 3);
    unsigned last = second & 0x1F;
    bool inserts = (first & 0xE0) == 0x60;
    uint8_t n = decode_bits(first, 0, 4);

    if (first & 0x400 || second & 0x20 || (inserts && last < lowest)) {
        return false;
    }
    instruction->operation = inserts ? OP_INSERT : OP_EXTRACT;
    instruction->n = inserts && n == REGISTER_PC ? NO_REGISTER : n;
    instruction->first = (uint8_t)lowest;
    instruction->width = (uint8_t)(inserts ? last - lowest + 1 : last + 1);
    instruction->is_signed = (first & 0xE0) == 0x40;
    return lowest + instruction->width <= 32;
}

static bool decode_plain(struct instruction *instruction, unsigned first, unsigned second)
{
    instruction->d = decode_bits(second, 8, 4);
    if (instruction->d == REGISTER_PC) {
        return false;
    }
    switch (first >> 4 & 0x1F) {
    case 0x00:
    case 0x0A:
        return decode_add_wide(instruction, first, second);
    case 0x04:
    case 0x0C:
        return decode_move_wide(instruction, first, second);
    case 0x14:
    case 0x16:
    case 0x1C:
        return decode_bit_field(instruction, first, second);
    case 0x10: // SSAT, SSAT16, USAT, USAT16
    case 0x12:
    case 0x18:
    case 0x1A:
        return decode_other(instruction, 1u << instruction->d);
    default:
        return false;
    }
}

bool decode_immediate(struct instruction *instruction, unsigned first, unsigned second)
{
    return first & 0x200 ? decode_plain(instruction, first, second)
                         : decode_modified(instruction, first, second);
}

// MOV of a shifted register is a shift.
static void make_shift(struct instruction *instruction)
{
    instruction->operation = OP_SHIFT;
    instruction->n = instruction->m;
    instruction->m = NO_REGISTER;
    instruction->has_immediate = true;
    instruction->immediate = instruction->shift_by;
    instruction->shift_by = 0;
}

// CSEL and its kin, and shifts of two registers (Armv8.1-M).
static bool decode_armv8_1(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned low = 1u << (first & 0xF) | 1u << (first & 0xE), high = second >> 8 & 0xF;

    return decode_other(instruction, second & 0x8000 ? 1u << high : low | 1u << high);
}

bool decode_shifted(struct instruction *instruction, unsigned first, unsigned second)
{
    uint8_t count = (uint8_t)((second >> 10 & 0x1C) | (second >> 6 & 3));

    instruction->m = decode_bits(second, 0, 4);
    instruction->shift = decode_bits(second, 4, 2);
    if ((first & 0xFFF0) == 0xEA50 && (second & 0x8000 || instruction->m == REGISTER_PC)) {
        return decode_armv8_1(instruction, first, second);
    }
    if ((first & 0xFFF0) == 0xEAC0) { // PKHBT, PKHTB
        unsigned d = second >> 8 & 0xF;
        return d != REGISTER_PC && decode_other(instruction, 1u << d);
    }
    if (second & 0x8000 || instruction->m == REGISTER_PC ||
        !put_operation(instruction, first, second)) {
        return false;
    }
    if (instruction->shift == SHIFT_ROR && count == 0) { // RRX: by the carry
        return decode_other(instruction, instruction->d == NO_REGISTER ? 0 : 1u << instruction->d);
    }
    bool is_plain = instruction->shift == SHIFT_LSL && count == 0;
    instruction->shift_by = !count && !is_plain ? 32 : count;
    if (instruction->operation == OP_MOV && !is_plain) {
        make_shift(instruction);
    }
    return true;
}
