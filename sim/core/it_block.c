// it_block.c: finds where an IT block ends.
// SPDX-License-Identifier: MIT
//
// Armv7-M ARM (DDI0403E), A5.1 (length of an instruction) and A7.7.38 (IT).
#include "it_block.h"

#include "thumb.h"

static uint16_t halfword(struct cpu *cpu, uint32_t address)
{
    uint16_t value = 0;

    cpu_load(cpu, address, &value, sizeof value);
    return value;
}

bool it_block_has(struct it_block *block, struct cpu *cpu, uint32_t pc)
{
    uint16_t code;

    if (pc - block->first < block->end - block->first) {
        return true;
    }
    code = halfword(cpu, pc);
    if (!thumb_is_it(code)) {
        return false;
    }
    block->first = block->end = pc + 2;
    for (unsigned mask = code; mask & 0xF; mask <<= 1) {
        block->end += thumb_bytes(halfword(cpu, block->end));
    }
    return false;
}
