// rom.h: a stand-in for ST's ROM: what it does to the chip, and the host it serves.
// SPDX-License-Identifier: MIT
//
// No ROM code runs. The stand-in starts where a handoff or a boot lets it, behaves as
// AN2606 describes for this device, and answers on the lines that it has with the commands that it
// lists.
#ifndef BOOTLEAP_SIM_ROM_H
#define BOOTLEAP_SIM_ROM_H

#include "rom_state.h"

// Runs the ROM until it ends; *table is the vector table of a Go.
enum rom_end rom_run(struct rom *rom, enum rom_host host, uint32_t *table);

// What the ROM does to the chip before it listens: overwrites its RAM, sets its clocks, and
// clears the EMPTY flag where its device does.
void rom_start(struct rom *rom);

// Starts the application whose vector table is at `table`, and leaves behind what a ROM
// leaves: its vector table in force, its clocks, SysTick and an interrupt enabled.
int rom_go(struct rom *rom, uint32_t table, struct problem *problem);

// Starts the bank whose vector table is at `bank`, as a ROM does that found it to be valid,
// swapped to the start of flash where the row says so.
int rom_start_bank(struct rom *rom, uint32_t bank, struct problem *problem);

#endif
