// core.h: a Cortex-M33 that executes single instructions, for tests to compare with.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CORE_H
#define BOOTLEAP_TESTS_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicorn/unicorn.h>

enum { CORE_CODE = 0x08000000, CORE_RAM = 0x20000000, CORE_RAM_SIZE = 0x2000 };

struct core_registers {
    uint32_t r[15]; // SP and LR are the last two
    uint32_t pc;    // without the Thumb bit
    uint32_t flags; // N, Z, C and V in bits 31 to 28
};

// NULL where it does not start. `size`: a multiple of 4096.
uc_engine *core_open(const uint8_t *code, size_t size);

void core_set_ram(uc_engine *core, const uint32_t *words);
void core_get_ram(uc_engine *core, uint32_t *words);

// Executes `count` instructions from registers->pc on, up to `end`: one whose condition does not
// hold counts for nothing. False: one of them faults.
bool core_run(uc_engine *core, struct core_registers *registers, size_t count, uint32_t end);

#endif
