// thumb.c: takes single Thumb instructions apart.
// SPDX-License-Identifier: MIT
//
// Encodings: Armv7-M ARM (DDI0403E) A5.1 (length), A5.3.18 (coprocessor), A7.7.12 (B), A7.7.18
// (BL), A7.7.19 (BLX), A7.7.38 (IT), A7.7.101 (PUSH), A7.7.161 (STR), A7.7.176 (SUB), A7.7.242
// (VPUSH), B5.2.3 (MSR).
#include "thumb.h"

#include <stddef.h>

enum { SP = 13, LR = 14 };

// The offset of BL and of B.W, encoding T4.
static uint32_t long_offset(uint32_t first, uint32_t second)
{
    uint32_t sign = first >> 10 & 1u;
    uint32_t i1 = (second >> 13 & 1u) == sign, i2 = (second >> 11 & 1u) == sign;

    return (sign ? 0xFF000000u : 0u) | i1 << 23 | i2 << 22 | (first & 0x3FFu) << 12 |
           (second & 0x7FFu) << 1;
}

enum thumb_call thumb_call_before(uint32_t return_address, uint16_t first, uint16_t second,
                                  uint32_t *target)
{
    *target = 0;
    if ((first & 0xF800) == 0xF000 && (second & 0xD000) == 0xD000) {
        *target = (return_address & ~1u) + long_offset(first, second);
        return THUMB_CALL;
    }
    return (second & 0xFF87) == 0x4780 ? THUMB_CALL_POINTER : THUMB_NO_CALL;
}

bool thumb_branch(uint32_t address, uint16_t first, uint16_t second, uint32_t *target)
{
    if ((first & 0xF800) == 0xF000 && (second & 0xD000) == 0x9000) {
        *target = address + 4 + long_offset(first, second);
        return true;
    }
    if ((first & 0xF800) == 0xE000) {
        uint32_t offset = (first & 0x7FFu) << 1;
        *target = address + 4 + (offset & 0x800u ? offset | 0xFFFFF000u : offset);
        return true;
    }
    return false;
}

unsigned thumb_bytes(uint16_t first)
{
    return first >> 11 >= 0x1D ? 4 : 2;
}

// The constant of data processing instructions (A5.3.2), those without repeated bytes.
static uint32_t expand(uint32_t first, uint32_t second)
{
    uint32_t code = (first >> 10 & 1u) << 11 | (second >> 12 & 7u) << 8 | (second & 0xFFu);
    uint32_t turn = code >> 7, value = 0x80u | (code & 0x7Fu);

    return code < 0x100 ? code : value >> turn | value << (32 - turn);
}

static void push(struct thumb_frame *frame, uint32_t registers)
{
    if (registers >> LR & 1u) {
        frame->has_return = true;
        frame->returned = frame->down + 4; // the highest of those that can be pushed
    }
    frame->down += 4 * (uint32_t)__builtin_popcount(registers);
}

static void step_short(struct thumb_frame *frame, uint16_t code)
{
    if ((code & 0xFE00) == 0xB400) { // PUSH
        push(frame, (code & 0xFFu) | (code & 0x100u ? 1u << LR : 0u));
    } else if ((code & 0xFF80) == 0xB080) { // SUB SP, #
        frame->down += 4 * (code & 0x7Fu);
    } else if ((code & 0xFF87) == 0x4485) { // ADD SP, register
        frame->unknown = true;
    }
}

void thumb_frame_step(struct thumb_frame *frame, uint16_t first, uint16_t second)
{
    if (thumb_bytes(first) == 2) {
        step_short(frame, first);
    } else if (first == 0xE92D) { // PUSH.W
        push(frame, second);
    } else if (first == 0xF84D && (second & 0xFFF) == 0xD04) { // PUSH.W of one register
        push(frame, 1u << (second >> 12));
    } else if ((first & 0xFFBF) == 0xED2D) { // VPUSH
        frame->down += 4 * (second & 0xFFu);
    } else if ((first & 0xFBFF) == 0xF1AD && (second >> 8 & 0xF) == SP) { // SUB.W SP, SP, #
        frame->down += expand(first, second);
    } else if ((first & 0xFBFF) == 0xF2AD && (second >> 8 & 0xF) == SP) { // SUBW SP, SP, #
        frame->down += (first >> 10 & 1u) << 11 | (second >> 12 & 7u) << 8 | (second & 0xFFu);
    } else if ((first & 0xFFF0) == 0xEBA0 && (second >> 8 & 0xF) == SP) { // SUB.W SP, register
        frame->unknown = true;
    }
}

bool thumb_loads_by_sp(uint16_t first, uint16_t second)
{
    (void)second;
    return (first & 0xF800) == 0x9800 ||                    // LDR, SP
           (first & 0xFE00) == 0xBC00 ||                    // POP
           first == 0xE8BD || (first & 0xFF7F) == 0xF85D || // POP.W, LDR.W
           (first & 0xFE5F) == 0xE85D;                      // LDRD
}

bool thumb_is_coprocessor(uint16_t first)
{
    return (first & 0xEC00) == 0xEC00;
}

bool thumb_is_it(uint16_t first)
{
    return (first & 0xFF00) == 0xBF00 && first & 0xF;
}

bool thumb_is_msr(uint16_t first, uint16_t second, unsigned *number)
{
    *number = second & 0xFFu;
    return (first & 0xFFF0) == 0xF380 && (second & 0xFF00) == 0x8800;
}
