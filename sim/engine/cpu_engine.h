// cpu_engine.h: what the files of this room share about the engine.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CPU_ENGINE_H
#define BOOTLEAP_SIM_CPU_ENGINE_H

#include "cpu.h"

#include <unicorn/unicorn.h>

// A page of our own, outside every memory map, for instructions that read what the engine
// shows to instructions only.
#define PROBE_PAGE 0x9FFFF000u
#define PROBE_SIZE 0x1000u

struct core_model {
    enum core core;
    int engine;
    const char *name;
    const char *hides;
    bool fpu, priority_masks, stack_limits, vtor, data_cache;
};

// Unicorn hands out the offset into a mapped range, so each range carries its start.
struct bus_window {
    struct cpu *cpu;
    uint32_t start, size;
};

enum { CPU_MAPS = 20 };

struct cpu_map {
    uint32_t address, size;
    void *memory;
    bool asks; // each load from there asks first
};

struct sprint;

enum { CPU_STORE_MOST = 8 };

// What memory that stores cannot write holds, where the engine has put a store into it all the
// same.
struct cpu_refused {
    uint8_t *place; // NULL: there is no such store
    unsigned size;
    uint8_t bytes[CPU_STORE_MOST];
};

struct cpu {
    uc_engine *engine;
    const struct core_model *model;
    struct cpu_bus bus;
    struct bus_window windows[6];
    size_t window_count;
    struct cpu_map maps[CPU_MAPS];
    size_t map_count;
    bool unreadable;       // a part of them cannot be read
    struct sprint *sprint; // NULL: there is none
    bool cannot_sprint;
    uc_hook store_hook;
    bool shows_stores;
    enum cpu_stop why;
    uint32_t last_wait; // PC behind the last WFE
    bool stopped;
    uint32_t return_value;
    struct cpu_fault fault;
    struct cpu_refused refused;
    uint8_t *probe;
    uc_context *fresh; // the registers after cpu_new()
};

// The model that runs this core, NULL if there is none.
const struct core_model *cpu_find_model(enum core core);

// Opens an engine that runs this model, or says what it runs instead.
int cpu_open_engine(uc_engine **engine, const struct core_model *model, struct problem *problem);

// The hook functions have different types, and Unicorn takes them all as void *.
bool cpu_add_hook(uc_engine *engine, int type, void (*function)(void), void *context);

// Takes a store back, and remembers to take the next one back: behind its hook the engine stores.
void cpu_take_back(struct cpu *cpu);
void cpu_will_take_back(struct cpu *cpu, uint32_t address, unsigned size);

// Has the engine come to the end of a run: what is removed is gone then.
void cpu_run_nothing(struct cpu *cpu);

uint32_t cpu_get_raw(struct cpu *cpu, int engine_register);
void cpu_set_raw(struct cpu *cpu, int engine_register, uint32_t value);

#endif
