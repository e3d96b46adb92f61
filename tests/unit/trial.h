// trial.h: a small program on a virtual chip, by whole blocks or instruction by instruction.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_TRIAL_H
#define BOOTLEAP_TESTS_TRIAL_H

#include "bench.h"

enum {
    TRIAL_CODE = 0x400,  // where the program is, from the start of flash on
    TRIAL_TICK = 0x1000, // what SysTick's handler counts up, from the start of RAM on
    TRIAL_PERIOD = 700,  // instructions, of SysTick
    TRIAL_SLUGS = 4,
};

#define TRIAL_SYST_CSR 0xE000E010u

enum way { BY_INSTRUCTION, BY_BLOCK, WITH_SKIPPING, WAYS };

// A row of each architecture.
extern const char *const trial_slugs[TRIAL_SLUGS];

// What a program is run with, and what came of it.
struct trial {
    struct bench bench;
    uint32_t flash, ram; // where they start
    unsigned looks;      // how often the main loop could look
};

// A chip with this program, R7 at the start of a RAM, and SysTick running.
void trial_begin(struct trial *trial, const char *slug, enum way way, const uint16_t *code,
                 size_t halfwords);
void trial_end(struct trial *trial);

// Puts bytes into flash, from its start on.
void trial_put(struct trial *trial, uint32_t offset, const void *bytes, uint32_t size);

// Runs up to the first look at or behind so many instructions; false if it cannot.
bool trial_run(struct trial *trial, uint64_t instructions);

// Both are in the same state: time, registers, memories, faults.
void trial_compare(struct trial *one, struct trial *other);

#endif
