// cpu_sprint.h: the second engine of a core, on which whole basic blocks run at once.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CPU_SPRINT_H
#define BOOTLEAP_SIM_CPU_SPRINT_H

#include "cpu.h"

// Ends it, with all that it has translated; the next cpu_sprint() makes it anew.
void sprint_close(struct cpu *cpu);

// Somebody else watches from now on.
void sprint_forget(struct cpu *cpu);

// Code in this range has changed.
void sprint_forget_code(struct cpu *cpu, uint32_t address, uint32_t size);

#endif
