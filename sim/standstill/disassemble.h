// disassemble.h: one instruction as text.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DISASSEMBLE_H
#define BOOTLEAP_SIM_DISASSEMBLE_H

#include "chip.h"

#include <stdbool.h>
#include <stdint.h>

enum { DISASSEMBLE_ROOM = 64 };

// "ldr r1, [r0]". False where nothing can be read, or it is no instruction.
bool disassemble(struct chip *chip, uint32_t pc, char text[DISASSEMBLE_ROOM]);

#endif
