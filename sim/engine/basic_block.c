// basic_block.c: decodes Thumb code as far as counting it and telling what it can change.
// SPDX-License-Identifier: MIT
//
// Encodings: Armv7-M ARM (DDI0403E), A5.1 (length), A5.2 (16 bits), A5.3 (32 bits). What Armv8-M
// adds is in holes of these tables and counts as not harmless. So does the FPU.
//
// The stack pointer may not go down because Armv8-M then asks a stack limit; up is harmless.
#include "basic_block.h"

#include "thumb.h"

enum { SP = 13 };

// 010001: ADD, CMP and MOV of high registers, BX and BLX. The Security Extension's jumps have one
// of the lowest three bits set.
static bool high_registers_are_harmless(uint16_t code)
{
    unsigned destination = (code >> 4 & 8u) | (code & 7u);

    switch (code >> 8 & 3) {
    case 1: // CMP
        return true;
    case 3:
        return (code & 7u) == 0;
    default:
        return destination != SP;
    }
}

// 1011: of the many, ADD to SP, CBZ and CBNZ, extending, REV, POP and NOP.
static bool miscellaneous_is_harmless(uint16_t code)
{
    return (code & 0xFF80) == 0xB000 || (code & 0xF500) == 0xB100 || (code & 0xFF00) == 0xB200 ||
           ((code & 0xFF00) == 0xBA00 && (code & 0xC0) != 0x80) || (code & 0xFE00) == 0xBC00 ||
           code == 0xBF00;
}

static bool narrow_is_harmless(uint16_t code)
{
    bool load = code & 1u << 11;

    switch (code >> 12) {
    case 0x4:
        return (code & 0x0C00) != 0x0400 || high_registers_are_harmless(code);
    case 0x5: // with a register as offset: 0, 1 and 2 store
        return (code >> 9 & 7) > 2;
    case 0x6:
    case 0x7:
    case 0x8:
    case 0x9:
    case 0xC:
        return load;
    case 0xB:
        return miscellaneous_is_harmless(code);
    case 0xD: // UDF and SVC
        return (code & 0x0E00) != 0x0E00;
    default:
        return true;
    }
}

// 1110 100: several registers, two registers, exclusive access, TBB and TBH.
static bool multiple_is_harmless(uint16_t first, uint16_t second)
{
    bool load = first & 0x10, writes_back = first & 0x20, before = first & 0x100;
    bool base_is_sp = (first & 0xF) == SP;

    if ((first & 0x40) == 0) { // LDMDB takes the base down
        return load && ((first >> 7 & 3) == 1 || ((first >> 7 & 3) == 2 && !base_is_sp));
    }
    if (!before && !writes_back) {
        return (first & 0xFFF0) == 0xE8D0 && (second & 0xFFE0) == 0xF000;
    }
    return load && !(writes_back && base_is_sp) && second >> 12 != SP && (second >> 8 & 0xF) != SP;
}

// 1111 0 with bit 15 of the second half set: jumps, and the system instructions between them.
static bool jump_is_harmless(uint16_t first, uint16_t second)
{
    switch (second & 0xD000) {
    case 0x8000:
        return (first & 0x0380) != 0x0380;
    case 0x9000: // B
    case 0xD000: // BL
        return true;
    default:
        return false;
    }
}

// 1111 100: loads of one register have bit 4 set, stores do not.
static bool single_is_harmless(uint16_t first, uint16_t second)
{
    bool writes_back = !(first & 0x80) && (second & 0x900) == 0x900;

    return first & 0x10 && second >> 12 != SP && !(writes_back && (first & 0xF) == SP);
}

// 1111 1010: shifts, extending, and of the rest what does not touch the GE flags.
static bool register_operation_is_harmless(uint16_t first, uint16_t second)
{
    bool parallel = first & 0x80 && !(second & 0x80);
    bool selects = (first & 0xF0) == 0xA0 && (second & 0xF0) == 0x80;

    return !parallel && !selects && (second >> 8 & 0xF) != SP;
}

static bool wide_is_harmless(uint16_t first, uint16_t second)
{
    bool into_sp = (second >> 8 & 0xF) == SP;

    switch (first >> 9) {
    case 0x74:
        return multiple_is_harmless(first, second);
    case 0x75: // 1110 101: operations with a shifted register
        return !into_sp;
    case 0x78:
    case 0x79:
    case 0x7A:
    case 0x7B: // 1111 0: with a constant, or jumps
        return second & 0x8000 ? jump_is_harmless(first, second) : !into_sp;
    case 0x7C:
        return single_is_harmless(first, second);
    case 0x7D: // 1111 101: multiplications have bit 8 set
        return first & 0x100 ? !into_sp : register_operation_is_harmless(first, second);
    default: // coprocessors
        return false;
    }
}

struct basic_block basic_block_look(const uint16_t *code, size_t halfwords)
{
    struct basic_block block = {.registers_only = true};

    for (size_t at = 0; at < halfwords; block.instructions++) {
        bool wide = thumb_bytes(code[at]) == 4;
        bool whole = !wide || at + 1 < halfwords;
        bool harmless = whole && (wide ? wide_is_harmless(code[at], code[at + 1])
                                       : narrow_is_harmless(code[at]));
        block.registers_only = block.registers_only && harmless;
        at += wide ? 2 : 1;
    }
    return block;
}
