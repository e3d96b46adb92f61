// cpu.h: the processor core. Everything that knows the CPU engine (Unicorn) is behind this.
// SPDX-License-Identifier: MIT
//
// The engine executes instructions and keeps the core's registers; exceptions, the NVIC and
// all peripherals are ours. A reset restarts the engine; where code has changed behind its back, it
// is thrown away and made anew around the same memory, so that what it has translated is forgotten.
#ifndef BOOTLEAP_SIM_CPU_H
#define BOOTLEAP_SIM_CPU_H

#include "devices.h"
#include "problem.h"

#include <stdbool.h>
#include <stdint.h>

// Registers as the core has them; the banked ones read right in every mode.
enum cpu_register {
    CPU_R0,
    CPU_R1,
    CPU_R2,
    CPU_R3,
    CPU_R4,
    CPU_R5,
    CPU_R6,
    CPU_R7,
    CPU_R8,
    CPU_R9,
    CPU_R10,
    CPU_R11,
    CPU_R12,
    CPU_SP,
    CPU_LR,
    CPU_PC,
    CPU_XPSR,
    CPU_MSP,
    CPU_PSP,
    CPU_CONTROL, // nPRIV, SPSEL, FPCA
    CPU_PRIMASK,
    CPU_FAULTMASK,
    CPU_BASEPRI,
    CPU_IPSR,
    CPU_FPSCR,
    CPU_S0, // S1 to S15 follow
    CPU_REGISTERS = CPU_S0 + 16,
};

// Why cpu_run() came back.
enum cpu_stop {
    CPU_ASKED,  // cpu_stop() was called
    CPU_SVC,    // an SVC was executed; PC is behind it
    CPU_RETURN, // EXC_RETURN was loaded into PC: see cpu_return_value()
    CPU_SLEEP,  // WFI was executed; PC is behind it
    CPU_WAIT,   // WFE was; PC is behind it
    CPU_FAULT,  // see cpu_fault()
};

// What the core did wrong.
struct cpu_fault {
    uint32_t pc;
    uint32_t address; // of the access, where it was one
    char what[96];    // "read of 4 bytes outside the memory map"
};

// What the core asks of the world around it.
struct cpu_bus {
    void *context;
    // Before each instruction of `bytes`, 2 or 4; `pc` without the Thumb bit.
    void (*instruction)(void *context, uint32_t pc, unsigned bytes);
    // Peripheral space and the private peripheral bus. `size` is 1, 2 or 4 bytes.
    uint32_t (*read)(void *context, uint32_t address, unsigned size);
    void (*write)(void *context, uint32_t address, unsigned size, uint32_t value);
    // Before a store to memory that is not peripheral space; cpu_fail() makes it a fault.
    void (*ram_write)(void *context, uint32_t address, unsigned size);
    // A store to memory that stores cannot write. True if it means something all the same; it
    // changes nothing by itself.
    bool (*rom_write)(void *context, uint32_t address, unsigned size, uint32_t value);
    // A load from what cpu_map_asking() has mapped, or from where nothing is. True: memory is there
    // now, and is read. It may call cpu_map_asking().
    bool (*rom_read)(void *context, uint32_t address, unsigned size, bool mapped);
    // Whether somebody waits for an instruction in this range: it is then shown whatever
    // cpu_sprint() does. Asked once; what it says must hold until cpu_attach(). NULL: nobody does.
    bool (*watched)(void *context, uint32_t address, uint32_t size);
};

struct cpu;

// Makes a core of this kind that has just been reset; its registers other than those set by
// the caller are 0, LR is 0xFFFFFFFF. Nothing is mapped. NULL with *problem filled in if the
// engine is not there or runs another core than the one asked for. Free with cpu_free().
struct cpu *cpu_new(enum core core, const struct cpu_bus *bus, struct problem *problem);
void cpu_free(struct cpu *cpu);

// Has the core ask another world around it from now on.
void cpu_attach(struct cpu *cpu, const struct cpu_bus *bus);

// Puts the core's registers back to what cpu_new() made of them. Memory stays mapped, and what
// the engine has translated stays valid only where nobody but the core changed the code.
void cpu_restart(struct cpu *cpu);

// The core that the engine really runs, for the report: where it has no model of `core`, the
// nearest one. `hides` says what that difference hides, "" if nothing.
const char *cpu_model(enum core core, const char **hides);

// What the core has.
bool cpu_has_fpu(enum core core);
bool cpu_has_stack_limits(enum core core); // Armv8-M
bool cpu_has_vtor(enum core core);
bool cpu_has_priority_masks(enum core core); // BASEPRI and FAULTMASK
bool cpu_has_data_cache(enum core core);
// Whether the engine, or a near enough model, can run this core at all.
bool cpu_is_modelled(enum core core);

// Maps `size` bytes at `memory` to `address`; both are multiples of 1024. A write to memory
// that is not writable is a fault.
int cpu_map(struct cpu *cpu, uint32_t address, uint32_t size, void *memory, bool writable,
            struct problem *problem);
// The same for memory that cannot be written, and of which each load asks rom_read() first.
int cpu_map_asking(struct cpu *cpu, uint32_t address, uint32_t size, void *memory,
                   struct problem *problem);
// Makes reads of this mapped range a fault, or no fault again.
void cpu_set_readable(struct cpu *cpu, uint32_t address, uint32_t size, bool readable);
void cpu_unmap(struct cpu *cpu, uint32_t address, uint32_t size);
// Sends accesses in this range to the bus.
int cpu_map_bus(struct cpu *cpu, uint32_t address, uint32_t size, struct problem *problem);

// Forgets what was translated of this memory, which somebody else than the core has changed: for
// between two runs. Where it is mapped several times, all of them are meant.
void cpu_forget_code(struct cpu *cpu, const void *memory, uint32_t size);

// Whether `ram_write` is called; it is in a new core. Without it code that loads or stores is up to
// twice as fast. A change has all code translated anew: for between two runs, and seldom. False if
// the engine cannot.
bool cpu_show_stores(struct cpu *cpu, bool shown);
bool cpu_shows_stores(const struct cpu *cpu);

// Runs until there is a reason to come back.
enum cpu_stop cpu_run(struct cpu *cpu);

// How far cpu_sprint() may go.
struct cpu_stretch {
    uint32_t most; // instructions
    bool skips;    // a loop in which nothing changes is not run, but counted
};

// Runs basic blocks in `code`, which holds the only code that is known not to change, as long as
// they change registers only and nobody watches them: none of the callbacks but `watched` is
// called. Returns how many instructions that were. The core is then where cpu_run() would have
// brought it with as many, and whatever comes next is for cpu_run(). 0 where this is not possible.
uint32_t cpu_sprint(struct cpu *cpu, const struct region *code, const struct cpu_stretch *stretch);
// Makes cpu_run() come back; from the instruction callback before that instruction is
// executed, from the other callbacks before the next one.
void cpu_stop(struct cpu *cpu);

uint32_t cpu_get(struct cpu *cpu, enum cpu_register which);
void cpu_set(struct cpu *cpu, enum cpu_register which, uint32_t value);
// MSPLIM and PSPLIM, read by running an instruction; 0 where the core has none.
void cpu_stack_limits(struct cpu *cpu, uint32_t *msplim, uint32_t *psplim);
// Sets MSPLIM or PSPLIM, where the core has it. The core must be privileged.
void cpu_set_stack_limit(struct cpu *cpu, uint32_t msplim);
void cpu_set_process_limit(struct cpu *cpu, uint32_t psplim);

// From the callback of a store: this access is a fault, which ends cpu_run().
void cpu_fail(struct cpu *cpu, uint32_t address, const char *what);

uint32_t cpu_return_value(const struct cpu *cpu);
const struct cpu_fault *cpu_fault(const struct cpu *cpu);

// Memory as the core sees it, peripherals excepted. False where nothing is mapped.
bool cpu_load(struct cpu *cpu, uint32_t address, void *bytes, uint32_t size);
bool cpu_store(struct cpu *cpu, uint32_t address, const void *bytes, uint32_t size);

#endif
