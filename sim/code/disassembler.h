// disassembler.h: instructions of Thumb code, as Capstone reads them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DISASSEMBLER_H
#define BOOTLEAP_SIM_DISASSEMBLER_H

#include "chip.h"

#include <capstone/capstone.h>
#include <stdbool.h>
#include <stdint.h>

enum { DISASSEMBLER_LONGEST = 4, DISASSEMBLER_ROOM = 64 }; // bytes; of a text

// A disassembler of this project's cores, which cs_close() ends. False: it does not start.
bool disassembler_open(csh *disassembler);

// The instruction at `pc`, which cs_free() ends, and its bytes: 0 for those that cannot be read.
// NULL where it is none, or nothing can be read.
cs_insn *disassembler_read(csh disassembler, struct cpu *cpu, uint32_t pc,
                           uint8_t code[DISASSEMBLER_LONGEST]);

// "ldr r1, [r0]". False where it is no instruction, or nothing can be read.
bool disassembler_text(struct cpu *cpu, uint32_t pc, char text[DISASSEMBLER_ROOM]);

#endif
