// condition.c: under which condition an instruction is executed, and whether that holds.
// SPDX-License-Identifier: MIT
#include "condition.h"

void condition_skip(unsigned *it_state)
{
    *it_state = *it_state & 7u ? (*it_state & 0xE0u) | (*it_state << 1 & 0x1Fu) : 0;
}

arm_cc condition_of(unsigned *it_state, const cs_insn *instruction)
{
    unsigned state = *it_state;

    if (instruction->id == ARM_INS_IT) {
        *it_state = instruction->bytes[0];
        return (arm_cc)((instruction->bytes[0] >> 4) + ARM_CC_EQ);
    }
    if (state) {
        condition_skip(it_state);
        return (arm_cc)((state >> 4) + ARM_CC_EQ);
    }
    return instruction->detail->arm.cc;
}

bool condition_passes(arm_cc condition, uint32_t xpsr)
{
    bool n = xpsr >> 31 & 1u, z = xpsr >> 30 & 1u, c = xpsr >> 29 & 1u, v = xpsr >> 28 & 1u;

    switch (condition) {
    case ARM_CC_EQ:
        return z;
    case ARM_CC_NE:
        return !z;
    case ARM_CC_HS:
        return c;
    case ARM_CC_LO:
        return !c;
    case ARM_CC_MI:
        return n;
    case ARM_CC_PL:
        return !n;
    case ARM_CC_VS:
        return v;
    case ARM_CC_VC:
        return !v;
    case ARM_CC_HI:
        return c && !z;
    case ARM_CC_LS:
        return !c || z;
    case ARM_CC_GE:
        return n == v;
    case ARM_CC_LT:
        return n != v;
    case ARM_CC_GT:
        return !z && n == v;
    case ARM_CC_LE:
        return z || n != v;
    default:
        return true;
    }
}
