// basic_block.h: how many instructions a basic block has, and whether it changes registers only.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BASIC_BLOCK_H
#define BOOTLEAP_SIM_BASIC_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct basic_block {
    uint32_t instructions;
    // Nothing in it stores, waits, masks, calls a supervisor, is conditional (an IT block) or
    // lowers the stack pointer, and no register changes but R0 to R15 and the flags N, Z, C, V and
    // Q. What it loads may be anywhere. False also for what is not known to be harmless.
    bool registers_only;
};

// The Thumb code at `code`, `halfwords` of it, which begins with an instruction. An instruction of
// which a half is missing counts, and makes the block one that is not known to be harmless.
struct basic_block basic_block_look(const uint16_t *code, size_t halfwords);

#endif
