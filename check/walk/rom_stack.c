// rom_stack.c: looks in the device table for the RAM that ROMs use.
// SPDX-License-Identifier: MIT
#include "rom_stack.h"

#include "state.h"

void rom_stack_forget(const struct walk_chip *chip, struct memory *memory, uint32_t below)
{
    uint32_t under = below < STACK_ROOM ? below : 0; // else the store is above the stack pointer

    if (!chip->rom_ram_known) {
        memory_forget(memory, 0x10000000, 0x3FFFFFFF);
        return;
    }
    for (size_t i = 0; i < device_count; i++) {
        for (const struct region *ram = devices[i].rom_ram; ram->size; ram++) {
            memory_forget(memory, ram->start - under, ram->start + (ram->size - 1));
        }
    }
}
