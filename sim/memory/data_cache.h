// data_cache.h: a write-back data cache: what it holds is not in RAM until it is written back.
// SPDX-License-Identifier: MIT
//
// The core sees the cache's content, so RAM has it, and each dirty line keeps what RAM really
// holds. A reset loses dirty lines. Registers: Armv7-M ARM (DDI0403E) B2.2.7; lines of 32
// bytes and 4 ways: Cortex-M7 TRM (DDI0489), caches and CCSIDR. The size differs
// between chips and is not in their rows: each has 16 KB here, as firmware reads in CCSIDR.
#ifndef BOOTLEAP_SIM_DATA_CACHE_H
#define BOOTLEAP_SIM_DATA_CACHE_H

#include "memory.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    DATA_CACHE_LINE = 32,
    DATA_CACHE_WAYS = 4,
    DATA_CACHE_SETS = 128,
    // Offsets from 0xE000E000.
    DATA_CACHE_CCSIDR = 0xD80,
    DATA_CACHE_DCIMVAC = 0xF5C,
    DATA_CACHE_DCISW = 0xF60,
    DATA_CACHE_DCCMVAU = 0xF64,
    DATA_CACHE_DCCMVAC = 0xF68,
    DATA_CACHE_DCCSW = 0xF6C,
    DATA_CACHE_DCCIMVAC = 0xF70,
    DATA_CACHE_DCCISW = 0xF74,
};

// The lines of one RAM.
struct cached_ram {
    uint32_t start, size;
    uint8_t *bytes;    // what the core sees
    uint8_t *others;   // of dirty lines: what the core does not see
    uint8_t *ways;     // of each line: 0 clean, else 1 + the way that holds it
    uint32_t *dirty;   // numbers of the dirty lines
    uint32_t count;    // of them
    bool written_back; // since somebody last set this to false
};

struct data_cache {
    bool on;       // the core sees dirty lines; while off it sees RAM
    bool anything; // some line is dirty
    struct cached_ram rams[MEMORY_REGIONS];
    size_t ram_count;
    uint8_t next_way[DATA_CACHE_SETS];
};

// Takes the RAMs of this memory that are cached. Those at and below 0x20000000 are tightly
// coupled memories (Cortex-M7 TRM), which no cache is in front of.
bool data_cache_open(struct data_cache *cache, const struct memory *memory);
void data_cache_close(struct data_cache *cache);

// Dirty lines are lost and the cache is off: a reset.
void data_cache_reset(struct data_cache *cache);
// Off hides dirty lines without losing them.
void data_cache_switch(struct data_cache *cache, bool on);

// Before a store: true if it stays in the cache.
bool data_cache_store(struct data_cache *cache, uint32_t address, unsigned size);
// A write to a maintenance register; other offsets do nothing.
void data_cache_maintain(struct data_cache *cache, uint32_t offset, uint32_t value);
// How many lines are dirty: what RAM does not have.
unsigned data_cache_dirty(const struct data_cache *cache);
// Whether one of them is in these bytes.
bool data_cache_dirty_in(const struct data_cache *cache, uint32_t start, uint32_t size);
// The byte of RAM at `address`, where the core sees another one; NULL where it sees RAM.
uint8_t *data_cache_behind(struct data_cache *cache, uint32_t address);

#endif
