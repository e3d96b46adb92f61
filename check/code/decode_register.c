// decode_register.c: reads 32-bit instructions of registers: shifts, extensions, products.
// SPDX-License-Identifier: MIT
#include "decode.h"

static void put_registers(struct instruction *instruction, unsigned first, unsigned second)
{
    instruction->d = decode_bits(second, 8, 4);
    instruction->n = decode_bits(first, 0, 4);
    instruction->m = decode_bits(second, 0, 4);
}

// SXTB, SXTH, UXTB, UXTH of a rotated register; those that also add, or do two at once, are DSP.
static bool decode_extend(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned kind = first >> 4 & 7;
    uint8_t from = (uint8_t)(decode_bits(second, 4, 2) * 8);
    uint8_t width = kind < 2 ? 16 : 8;

    if (kind > 5) {
        return false;
    }
    if (kind == 2 || kind == 3 || instruction->n != REGISTER_PC || from + width > 32) {
        return decode_other(instruction, 1u << instruction->d);
    }
    instruction->operation = OP_EXTRACT;
    instruction->n = instruction->m;
    instruction->m = NO_REGISTER;
    instruction->first = from;
    instruction->width = width;
    instruction->is_signed = !(kind & 1);
    return true;
}

// REV, REV16, RBIT, REVSH, CLZ, SEL, and saturating arithmetic.
static bool decode_misc(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned kind = (first & 0x30) | (second >> 4 & 3);

    switch (kind) {
    case 0x10:
        instruction->operation = OP_REV;
        return true;
    case 0x12:
        instruction->operation = OP_RBIT;
        return true;
    case 0x30:
        instruction->operation = OP_CLZ;
        return true;
    default:
        return decode_other(instruction, 1u << instruction->d);
    }
}

bool decode_register(struct instruction *instruction, unsigned first, unsigned second)
{
    put_registers(instruction, first, second);
    if ((second & 0xF000) != 0xF000 || instruction->d == REGISTER_PC) {
        return false;
    }
    if (!(first & 0x80) && (second & 0xF0) == 0) {
        instruction->operation = OP_SHIFT;
        instruction->shift = decode_bits(first, 5, 2);
        instruction->sets_flags = first & 0x10;
        return true;
    }
    if (!(first & 0x80) && second & 0x80) {
        return decode_extend(instruction, first, second);
    }
    if ((first & 0xC0) == 0x80 && (second & 0xC0) == 0x80) {
        return decode_misc(instruction, first, second);
    }
    // Parallel arithmetic: the GE flags are none that a condition looks at.
    return first & 0x80 && decode_other(instruction, 1u << instruction->d);
}

// MUL, MLA, MLS; the others are DSP.
static bool decode_short(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned kind = (first >> 4 & 7) << 4 | (second >> 4 & 0xF);

    if (kind > 1) {
        return decode_other(instruction, 1u << instruction->d);
    }
    instruction->operation = kind ? OP_MLS : instruction->a == REGISTER_PC ? OP_MUL : OP_MLA;
    instruction->a = instruction->operation == OP_MUL ? NO_REGISTER : instruction->a;
    return true;
}

// SMULL, UMULL, SDIV, UDIV; the others add to what they write, or are DSP.
static bool decode_long(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned kind = (first >> 4 & 7) << 4 | (second >> 4 & 0xF);
    uint8_t high = instruction->d;

    switch (kind) {
    case 0x00:
    case 0x20:
        instruction->operation = OP_UMULL;
        instruction->is_signed = kind == 0;
        instruction->d = instruction->a;
        instruction->a = high;
        return instruction->d != REGISTER_PC;
    case 0x1F:
    case 0x3F:
        instruction->operation = kind == 0x1F ? OP_SDIV : OP_UDIV;
        instruction->a = NO_REGISTER;
        return true;
    default:
        return instruction->a != REGISTER_PC &&
               decode_other(instruction, 1u << instruction->d | 1u << instruction->a);
    }
}

bool decode_multiply(struct instruction *instruction, unsigned first, unsigned second)
{
    put_registers(instruction, first, second);
    instruction->a = decode_bits(second, 12, 4);
    if (instruction->d == REGISTER_PC) {
        return false;
    }
    return first & 0x80 ? decode_long(instruction, first, second)
                        : decode_short(instruction, first, second);
}
