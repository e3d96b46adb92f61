// decode_branch.c: reads 32-bit branches, and what reads and writes special registers.
// SPDX-License-Identifier: MIT
#include "decode.h"

// BL and B.W: 25 bits, of which two are folded with the sign.
static void decode_far(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t sign = first >> 10 & 1;
    uint32_t i1 = ~((second >> 13) ^ sign) & 1;
    uint32_t i2 = ~((second >> 11) ^ sign) & 1;
    uint32_t offset =
        sign << 24 | i1 << 23 | i2 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1;

    instruction->operation = second & 0x4000 ? OP_BL : OP_B;
    instruction->immediate = instruction->address + 4 + decode_signed(offset, 25);
}

static void decode_conditional(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t offset = (first & 0x400) << 10 | (second & 0x800) << 8 | (second & 0x2000) << 5 |
                      (first & 0x3F) << 12 | (second & 0x7FF) << 1;

    instruction->operation = OP_B;
    instruction->condition = decode_bits(first, 6, 4);
    instruction->immediate = instruction->address + 4 + decode_signed(offset, 21);
}

static bool decode_msr(struct instruction *instruction, unsigned first, unsigned second)
{
    instruction->operation = OP_MSR;
    instruction->n = decode_bits(first, 0, 4);
    instruction->special = second & 0xFF;
    return true;
}

static bool decode_mrs(struct instruction *instruction, unsigned second)
{
    instruction->operation = OP_MRS;
    instruction->d = decode_bits(second, 8, 4);
    instruction->special = second & 0xFF;
    return true;
}

static bool decode_special(struct instruction *instruction, unsigned first, unsigned second)
{
    switch (first >> 4 & 0xF) {
    case 0x8:
    case 0x9:
        return decode_msr(instruction, first, second);
    case 0xA: // hints
        instruction->operation = OP_NOTHING;
        return true;
    case 0xB: // barriers and CLREX
        instruction->operation = (second & 0xF0) == 0x60 ? OP_ISB : OP_NOTHING;
        return true;
    case 0xE:
    case 0xF:
        return decode_mrs(instruction, second);
    default:
        return false;
    }
}

bool decode_branch_control(struct instruction *instruction, unsigned first, unsigned second)
{
    if (second & 0x1000) {
        decode_far(instruction, first, second);
        return true;
    }
    if (second & 0x4000) {
        return decode_loop(instruction, first, second);
    }
    if ((first & 0x380) != 0x380) {
        decode_conditional(instruction, first, second);
        return true;
    }
    return (first & 0xFF00) == 0xF300 && decode_special(instruction, first, second);
}

// Armv8.1-M, low-overhead loops: WLS, DLS, LE, and those with tail predication.
bool decode_loop(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t offset = (second & 0x7FE) << 1 | (second & 0x800) >> 10;
    unsigned n = first & 0xF;

    if (first & 0xF80 || first < 0xF000 || !(second & 1)) {
        // Branch futures only prepare a branch that stands there, too.
        instruction->operation = OP_NOTHING;
        return first >= 0xF000 && (second & 0xE001) == 0xE001;
    }
    if (second & 0x2000) { // DLS; LCTP
        if (second != 0xE001) {
            return false;
        }
        instruction->operation = n == REGISTER_PC ? OP_NOTHING : OP_MOV;
        instruction->d = n == REGISTER_PC ? NO_REGISTER : REGISTER_LR;
        instruction->m = n == REGISTER_PC ? NO_REGISTER : (uint8_t)n;
        return true;
    }
    if (n != REGISTER_PC) { // WLS
        instruction->operation = OP_LOOP_START;
        instruction->n = (uint8_t)n;
        instruction->immediate = instruction->address + 4 + offset;
        return true;
    }
    instruction->immediate = instruction->address + 4 - offset;
    instruction->operation = first & 0x20 ? OP_B : OP_LOOP_END; // a loop without a counter
    instruction->width = decode_bits(first, 4, 1);
    return true;
}
