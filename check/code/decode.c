// decode.c: reads one instruction, by the part of the encoding that it belongs to.
// SPDX-License-Identifier: MIT
#include "decode.h"

bool decode_other(struct instruction *instruction, unsigned writes)
{
    instruction->operation = OP_OTHER;
    instruction->writes = (uint16_t)(writes & ~(1u << REGISTER_PC));
    return true;
}

// Armv7-M, A5.3: which class of 32-bit instructions it is.
static bool decode_wide(struct instruction *instruction, unsigned first, unsigned second)
{
    switch (first >> 9 & 0xF) {
    case 0x4: // E800
        return first & 0x40 ? decode_load_store_two(instruction, first, second)
                            : decode_load_store_many(instruction, first, second);
    case 0x5: // EA00
        return decode_shifted(instruction, first, second);
    case 0x8: // F000 to F7FF
    case 0x9:
    case 0xA:
    case 0xB:
        return second & 0x8000 ? decode_branch_control(instruction, first, second)
                               : decode_immediate(instruction, first, second);
    case 0xC: // F800
        return decode_load_store(instruction, first, second);
    case 0xD: // FA00
        return first & 0x100 ? decode_multiply(instruction, first, second)
                             : decode_register(instruction, first, second);
    default: // EC00, EE00, FC00, FE00
        return decode_coprocessor(instruction, first, second);
    }
}

void decode(struct instruction *instruction, uint32_t address, unsigned first, unsigned second)
{
    const struct instruction empty = {.address = address,
                                      .size = decode_is_wide(first) ? 4 : 2,
                                      .condition = CONDITION_ALWAYS,
                                      .d = NO_REGISTER,
                                      .n = NO_REGISTER,
                                      .m = NO_REGISTER,
                                      .a = NO_REGISTER};

    *instruction = empty;
    if (decode_is_wide(first) ? decode_wide(instruction, first, second)
                              : decode_narrow(instruction, first)) {
        return;
    }
    *instruction = empty;
    instruction->operation = OP_STOPS;
}
