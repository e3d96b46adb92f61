// memory.h: the chip's flash, RAM and system memory, which outlive every reset.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_MEMORY_H
#define BOOTLEAP_SIM_MEMORY_H

#include "cpu.h"
#include "devices.h"
#include "problem.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MEMORY_REGIONS = 16,
    MEMORY_UNIT = 0x400,  // memory is mapped in multiples of it
    MEMORY_OF_ROM = 0xB5, // what the ROM leaves in RAM
};

enum memory_kind { MEMORY_FLASH, MEMORY_RAM, MEMORY_SYSTEM };

struct memory_region {
    struct region region;
    enum memory_kind kind;
    uint8_t *bytes;
    uint8_t *mapped; // the same, from the start of the KB in which the region starts
    bool again;      // the same bytes as those of the region before, seen here too
};

struct memory {
    struct memory_region regions[MEMORY_REGIONS];
    size_t count;
    uint64_t noise; // state of the generator that makes RAM noise
    uint8_t *blank; // MEMORY_UNIT bytes 0xFF, which are seen where nobody knows what is there
};

// `seed` chooses the noise of RAM; 0 and 1 are the same. Flash is blank. System memory holds a
// vector table at the ROM's address and nothing else that can be executed: ST's ROM is not here.
int memory_open(struct memory *memory, const struct device *device, uint32_t seed,
                struct problem *problem);
// The same, in the room of another one of the same row, which then has none; NULL: in new room.
int memory_open_in(struct memory *memory, struct memory *room, const struct device *device,
                   uint32_t seed, struct problem *problem);
void memory_close(struct memory *memory);

// Overwrites the RAM that the ROM uses, as the ROM does.
void memory_use_by_rom(struct memory *memory, const struct device *device);
// Makes all RAM noise, as power-on does.
void memory_lose_ram(struct memory *memory);

// The next 8 bytes of the same noise.
uint64_t memory_noise(struct memory *memory);

// Lets two halves of flash change places, of which the second starts at `bank`.
void memory_swap(struct memory *memory, const struct device *device, uint32_t bank);

// Maps everything into a new core; the alias at 0 shows system memory or flash.
int memory_map(const struct memory *memory, const struct device *device, struct cpu *cpu,
               bool alias_is_rom, struct problem *problem);
// Has the core see blank memory in this unit, of which each load asks first.
int memory_map_blank(const struct memory *memory, struct cpu *cpu, uint32_t address,
                     struct problem *problem);
// Changes what the alias at 0 shows.
int memory_realias(const struct memory *memory, const struct device *device, struct cpu *cpu,
                   bool alias_is_rom, struct problem *problem);

// The bytes at [address, address + size), or NULL if they are not all in one region.
uint8_t *memory_at(const struct memory *memory, uint32_t address, uint32_t size);
// The same, for regions of RAM only.
uint8_t *memory_ram_at(const struct memory *memory, uint32_t address, uint32_t size);
// A little-endian word, 0 where there is no memory.
uint32_t memory_word(const struct memory *memory, uint32_t address);

#endif
