// decode_memory_many.c: reads 32-bit loads and stores of several registers, and exclusive ones.
// SPDX-License-Identifier: MIT
#include "decode.h"

// LDM and STM; POP.W and PUSH.W are those with SP.
bool decode_load_store_many(struct instruction *instruction, unsigned first, unsigned second)
{
    bool loads = first & 0x10;

    instruction->n = decode_bits(first, 0, 4);
    if ((first & 0xFFFF) == 0xE89F) { // CLRM, Armv8.1-M
        return decode_other(instruction, second & 0x7FFF);
    }
    instruction->operation = loads ? OP_LOAD_MANY : OP_STORE_MANY;
    instruction->is_memory = true;
    instruction->decrements = first & 0x100;
    instruction->writes_back = first & 0x20;
    instruction->list = (uint16_t)second;
    bool increments = first & 0x80;
    return increments != instruction->decrements && second && instruction->n != REGISTER_PC &&
           (loads || !(second & 0x8000));
}

static void put_access(struct instruction *instruction, enum operation operation, unsigned bytes,
                       unsigned second)
{
    instruction->operation = (uint8_t)operation;
    instruction->is_memory = true;
    instruction->bytes = (uint8_t)bytes;
    instruction->d = decode_bits(second, 12, 4);
    instruction->has_immediate = true;
}

static bool decode_table(struct instruction *instruction, unsigned second)
{
    instruction->operation = OP_TABLE;
    instruction->bytes = second & 0x10 ? 2 : 1;
    instruction->m = decode_bits(second, 0, 4);
    instruction->immediate = instruction->address + 4;
    return true;
}

// STREX and LDREX of words; TT, which has no register to store.
static bool decode_exclusive_word(struct instruction *instruction, unsigned first, unsigned second)
{
    bool loads = first & 0x10;

    if (!loads && second >> 12 == REGISTER_PC) {
        return decode_other(instruction, 1u << (second >> 8 & 0xF));
    }
    put_access(instruction, loads ? OP_LOAD_EXCLUSIVE : OP_STORE_EXCLUSIVE, 4, second);
    instruction->a = loads ? NO_REGISTER : decode_bits(second, 8, 4);
    instruction->immediate = (second & 0xFF) * 4;
    return true;
}

// TBB, TBH, exclusive accesses of bytes and halfwords, and Armv8-M's load-acquire and
// store-release.
static bool decode_exclusive(struct instruction *instruction, unsigned first, unsigned second)
{
    bool loads = first & 0x10, ordered = second & 0x80, exclusive = second & 0x40;
    unsigned size = second >> 4 & 3;

    if (loads && (second & 0xE0) == 0) {
        return decode_table(instruction, second);
    }
    if (size == 3 || !(ordered || exclusive) || (size == 2 && !ordered)) {
        return false;
    }
    if (exclusive) {
        put_access(instruction, loads ? OP_LOAD_EXCLUSIVE : OP_STORE_EXCLUSIVE, 1u << size, second);
        instruction->a = loads ? NO_REGISTER : decode_bits(second, 0, 4);
    } else {
        put_access(instruction, loads ? OP_LOAD : OP_STORE, 1u << size, second);
    }
    return true;
}

static bool decode_two(struct instruction *instruction, unsigned first, unsigned second)
{
    bool adds = first & 0x80;
    uint32_t offset = (second & 0xFF) * 4, base = (instruction->address + 4) & ~3u;

    put_access(instruction, first & 0x10 ? OP_LOAD_TWO : OP_STORE_TWO, 8, second);
    instruction->a = decode_bits(second, 8, 4);
    instruction->immediate = offset;
    instruction->subtracts = !adds;
    instruction->post = !(first & 0x100);
    instruction->writes_back = first & 0x20;
    if (instruction->n == REGISTER_PC) {
        instruction->is_literal = true;
        instruction->subtracts = false;
        instruction->immediate = adds ? base + offset : base - offset;
        return instruction->operation == OP_LOAD_TWO && !instruction->writes_back;
    }
    return true;
}

bool decode_load_store_two(struct instruction *instruction, unsigned first, unsigned second)
{
    enum { SG = 0xE97F };

    instruction->n = decode_bits(first, 0, 4);
    if (first == SG && second == SG) {
        instruction->operation = OP_NOTHING;
        instruction->n = NO_REGISTER;
        return true;
    }
    if (first & 0x120) {
        return decode_two(instruction, first, second);
    }
    return first & 0x80 ? decode_exclusive(instruction, first, second)
                        : decode_exclusive_word(instruction, first, second);
}
