// decode_memory.c: reads 32-bit loads and stores of single registers.
// SPDX-License-Identifier: MIT
#include "decode.h"

static void put_offset(struct instruction *instruction, uint32_t offset, bool subtracts)
{
    instruction->has_immediate = true;
    instruction->immediate = offset;
    instruction->subtracts = subtracts;
}

// An offset of 12 bits from the PC.
static void put_literal(struct instruction *instruction, unsigned first, unsigned second)
{
    uint32_t base = (instruction->address + 4) & ~3u, offset = second & 0xFFF;

    put_offset(instruction, first & 0x80 ? base + offset : base - offset, false);
    instruction->is_literal = true;
}

// Eight bits with P, U and W, or a shifted register.
static bool put_short_offset(struct instruction *instruction, unsigned second)
{
    bool indexes = second & 0x400, writes_back = second & 0x100;

    if (second & 0x800) {
        put_offset(instruction, second & 0xFF, !(second & 0x200));
        instruction->post = !indexes;
        // With P, U and without W: LDRT and the like.
        instruction->writes_back = writes_back;
        return indexes || writes_back;
    }
    instruction->m = decode_bits(second, 0, 4);
    instruction->shift_by = decode_bits(second, 4, 2);
    return (second & 0x7C0) == 0;
}

static bool put_address(struct instruction *instruction, unsigned first, unsigned second)
{
    if (instruction->n == REGISTER_PC) {
        put_literal(instruction, first, second);
        return instruction->operation == OP_LOAD;
    }
    if (first & 0x80) {
        put_offset(instruction, second & 0xFFF, false);
        return true;
    }
    return put_short_offset(instruction, second);
}

bool decode_load_store(struct instruction *instruction, unsigned first, unsigned second)
{
    unsigned size = first >> 5 & 3;
    bool loads = first & 0x10;

    if (loads && size < 2 && second >> 12 == REGISTER_PC) { // PLD, PLI
        instruction->operation = OP_NOTHING;
        return true;
    }
    instruction->operation = loads ? OP_LOAD : OP_STORE;
    instruction->is_memory = true;
    instruction->is_signed = first & 0x100;
    instruction->bytes = (uint8_t)(1u << size);
    instruction->d = decode_bits(second, 12, 4);
    instruction->n = decode_bits(first, 0, 4);
    if (size == 3 || (instruction->is_signed && (!loads || size == 2))) {
        return false;
    }
    return put_address(instruction, first, second) && (loads || instruction->d != REGISTER_PC);
}
