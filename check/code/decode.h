// decode.h: reads the Thumb instructions of Armv6-M to Armv8.1-M, a file for each part of them.
// SPDX-License-Identifier: MIT
//
// Encodings: Armv7-M Architecture Reference Manual (DDI 0403), chapter A5 and A7; what Armv8-M
// adds: DDI 0553, chapter C2. Tests compare it with Unicorn and Capstone, and nothing here depends
// on the version of a disassembler.
#ifndef BOOTLEAP_CHECK_DECODE_H
#define BOOTLEAP_CHECK_DECODE_H

#include "instruction.h"

#include <stdbool.h>
#include <stdint.h>

// A 32-bit instruction begins with such a halfword.
static inline bool decode_is_wide(unsigned half)
{
    return half >= 0xE800;
}

// Reads the instruction at `address`; `second` is used by 32-bit ones alone. What is undefined
// becomes OP_STOPS.
void decode(struct instruction *instruction, uint32_t address, unsigned first, unsigned second);

// The parts, which fill in what is not NO_REGISTER or 0. False: it is undefined.
bool decode_narrow(struct instruction *instruction, unsigned code);
bool decode_narrow_misc(struct instruction *instruction, unsigned code);
bool decode_branch_control(struct instruction *instruction, unsigned first, unsigned second);
bool decode_loop(struct instruction *instruction, unsigned first, unsigned second);
bool decode_immediate(struct instruction *instruction, unsigned first, unsigned second);
bool decode_shifted(struct instruction *instruction, unsigned first, unsigned second);
bool decode_register(struct instruction *instruction, unsigned first, unsigned second);
bool decode_multiply(struct instruction *instruction, unsigned first, unsigned second);
bool decode_load_store(struct instruction *instruction, unsigned first, unsigned second);
bool decode_load_store_many(struct instruction *instruction, unsigned first, unsigned second);
bool decode_load_store_two(struct instruction *instruction, unsigned first, unsigned second);
bool decode_coprocessor(struct instruction *instruction, unsigned first, unsigned second);

// Something unknown in these registers; the PC is none that an instruction leaves so.
bool decode_other(struct instruction *instruction, unsigned writes);

// `value` as a signed number of `bits` bits.
static inline uint32_t decode_signed(uint32_t value, unsigned bits)
{
    uint32_t sign = 1u << (bits - 1);

    return (value ^ sign) - sign;
}

// `count` bits of a halfword from `first` on.
static inline uint8_t decode_bits(unsigned half, unsigned first, unsigned count)
{
    return (uint8_t)(half >> first & ((1u << count) - 1));
}

#endif
