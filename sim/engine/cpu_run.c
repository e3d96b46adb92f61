// cpu_run.c: runs the core on Unicorn.
// SPDX-License-Identifier: MIT
//
// Traps of Unicorn 2.0.1 that shape this file:
//  - UC_MODE_MCLASS forces a Cortex-M33 whatever model is set, so it is not used, and the
//    model that runs is asked back;
//  - a write to IPSR does not rebuild the translation flags, a write to the APSR does;
//  - banked registers read as 0 and ignore writes in unprivileged thread mode, and SPSEL
//    cannot be set in handler mode: for the access the core is put into the right mode;
//  - WFE and YIELD are reported as invalid instructions, with PC already behind them;
//  - a store to memory that cannot be written reaches it if the hook says that this is no fault.
#include "cpu_engine.h"
#include "cpu_sprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAST_OF_RAM 0x3FFFFFFFu

// Exceptions that the engine reports by number (QEMU's EXCP_ values).
enum {
    ENGINE_UNDEFINED = 1,
    ENGINE_SVC = 2,
    ENGINE_PREFETCH_ABORT = 3,
    ENGINE_EXCEPTION_EXIT = 8,
    ENGINE_NOCP = 17,
    ENGINE_STACK_OVERFLOW = 19,
    ENGINE_UNALIGNED = 22
};

static void stop_because(struct cpu *cpu, enum cpu_stop why)
{
    cpu->why = why;
    cpu->stopped = true;
    uc_emu_stop(cpu->engine);
}

static void set_fault(struct cpu *cpu, uint32_t address, const char *what)
{
    if (cpu->why == CPU_FAULT) {
        return; // the first one counts
    }
    cpu->fault.pc = cpu_get_raw(cpu, UC_ARM_REG_PC) & ~1u;
    cpu->fault.address = address;
    snprintf(cpu->fault.what, sizeof cpu->fault.what, "%s", what);
    stop_because(cpu, CPU_FAULT);
}

static void on_instruction(uc_engine *engine, uint64_t address, uint32_t size, void *context)
{
    struct cpu *cpu = context;

    if (address >= PROBE_PAGE && address < PROBE_PAGE + PROBE_SIZE) {
        return;
    }
    if (cpu->stopped) {
        uc_emu_stop(engine);
        return;
    }
    cpu->bus.instruction(cpu->bus.context, (uint32_t)address, size);
}

static void on_interrupt(uc_engine *engine, uint32_t number, void *context)
{
    struct cpu *cpu = context;
    char what[64];
    (void)engine;

    switch (number) {
    case ENGINE_SVC:
        stop_because(cpu, CPU_SVC);
        return;
    case ENGINE_EXCEPTION_EXIT:
        cpu->return_value = cpu_get_raw(cpu, UC_ARM_REG_PC) | 1u;
        stop_because(cpu, CPU_RETURN);
        return;
    case ENGINE_UNDEFINED:
        set_fault(cpu, 0, "undefined instruction");
        return;
    case ENGINE_PREFETCH_ABORT:
        set_fault(cpu, cpu_get_raw(cpu, UC_ARM_REG_PC), "instruction fetch outside the memory map");
        return;
    case ENGINE_NOCP:
        set_fault(cpu, 0, "FPU instruction while the FPU is off");
        return;
    case ENGINE_STACK_OVERFLOW:
        set_fault(cpu, cpu_get_raw(cpu, UC_ARM_REG_SP), "stack limit reached");
        return;
    case ENGINE_UNALIGNED:
        set_fault(cpu, 0, "unaligned access");
        return;
    default:
        snprintf(what, sizeof what, "exception %u of the CPU engine", (unsigned)number);
        set_fault(cpu, 0, what);
    }
}

// Whether this store means something all the same. It is over before the next instruction.
static bool rom_takes(struct cpu *cpu, uint32_t address, unsigned size, uint32_t value)
{
    cpu_take_back(cpu); // what the same instruction has stored before
    if (cpu->why == CPU_FAULT || !cpu->bus.rom_write(cpu->bus.context, address, size, value)) {
        return false;
    }
    cpu_will_take_back(cpu, address, size);
    cpu->stopped = true; // behind this instruction: a stop at once would have it done again
    return true;
}

static bool on_invalid_access(uc_engine *engine, uc_mem_type type, uint64_t address, int size,
                              int64_t value, void *context)
{
    struct cpu *cpu = context;
    bool fetch = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
    char what[96];
    (void)engine;

    if (type == UC_MEM_WRITE_PROT &&
        rom_takes(cpu, (uint32_t)address, (unsigned)size, (uint32_t)value)) {
        return true;
    }
    if ((type == UC_MEM_READ_PROT || type == UC_MEM_READ_UNMAPPED) && cpu->bus.rom_read &&
        cpu->bus.rom_read(cpu->bus.context, (uint32_t)address, (unsigned)size,
                          type == UC_MEM_READ_PROT)) {
        return true;
    }
    if (fetch && address >> 24 == 0xFF) { // EXC_RETURN, as Armv6-M cores report it
        cpu->return_value = (uint32_t)address | 1u;
        stop_because(cpu, CPU_RETURN);
        return false;
    }
    if (fetch) {
        snprintf(what, sizeof what, "instruction fetch outside the memory map");
    } else if (type == UC_MEM_WRITE_PROT) {
        snprintf(what, sizeof what, "write of %d bytes to memory that stores cannot write", size);
    } else if (type == UC_MEM_READ_PROT) {
        snprintf(what, sizeof what, "read of %d bytes of RAM that is unknown since power-on", size);
    } else {
        snprintf(what, sizeof what, "%s of %d bytes outside the memory map",
                 type == UC_MEM_WRITE_UNMAPPED ? "write" : "read", size);
    }
    set_fault(cpu, (uint32_t)address, what);
    return false;
}

static bool on_invalid_instruction(uc_engine *engine, void *context)
{
    (void)engine;
    (void)context;
    return false; // sorted out in cpu_run(): WFE and YIELD end here too
}

static void on_ram_write(uc_engine *engine, uc_mem_type type, uint64_t address, int size,
                         int64_t value, void *context)
{
    struct cpu *cpu = context;
    (void)engine;
    (void)type;
    (void)value;

    cpu->bus.ram_write(cpu->bus.context, (uint32_t)address, (unsigned)size);
}

static bool add_removable_hook(uc_engine *engine, uc_hook *hook, int type, void (*function)(void),
                               void *context)
{
    void *untyped;
    // Stores are of interest outside peripheral space only; 1 and 0 mean everywhere.
    uint64_t first = type == UC_HOOK_MEM_WRITE ? 0 : 1;
    uint64_t last = type == UC_HOOK_MEM_WRITE ? LAST_OF_RAM : 0;

    memcpy(&untyped, &function, sizeof untyped);
    return uc_hook_add(engine, hook, type, untyped, context, first, last) == UC_ERR_OK;
}

bool cpu_add_hook(uc_engine *engine, int type, void (*function)(void), void *context)
{
    uc_hook hook;

    return add_removable_hook(engine, &hook, type, function, context);
}

static bool add_store_hook(struct cpu *cpu)
{
    cpu->shows_stores = add_removable_hook(cpu->engine, &cpu->store_hook, UC_HOOK_MEM_WRITE,
                                           (void (*)(void))on_ram_write, cpu);
    return cpu->shows_stores;
}

static bool add_hooks(struct cpu *cpu)
{
    uc_engine *engine = cpu->engine;

    return cpu_add_hook(engine, UC_HOOK_CODE, (void (*)(void))on_instruction, cpu) &&
           cpu_add_hook(engine, UC_HOOK_INTR, (void (*)(void))on_interrupt, cpu) &&
           cpu_add_hook(engine, UC_HOOK_MEM_INVALID, (void (*)(void))on_invalid_access, cpu) &&
           cpu_add_hook(engine, UC_HOOK_INSN_INVALID, (void (*)(void))on_invalid_instruction,
                        cpu) &&
           add_store_hook(cpu);
}

// Unicorn's uc_ctl macros shift into the sign bit, which is not ours to mend.
__attribute__((no_sanitize("shift"))) int
cpu_open_engine(uc_engine **engine, const struct core_model *model, struct problem *problem)
{
    int runs = -1;

    if (uc_open(UC_ARCH_ARM, UC_MODE_THUMB, engine) != UC_ERR_OK) {
        return problem_set(problem, EXIT_FAILED, NULL, "the CPU engine does not start");
    }
    if (uc_ctl_set_cpu_model(*engine, model->engine) != UC_ERR_OK) {
        return problem_set(problem, EXIT_FAILED, NULL, "the CPU engine cannot run a %s",
                           model->name);
    }
    uc_ctl_get_cpu_model(*engine, &runs);
    if (runs != model->engine) {
        return problem_set(problem, EXIT_FAILED, "use Debian's libunicorn2",
                           "the CPU engine runs core %d instead of a %s", runs, model->name);
    }
    return 0;
}

static int open_engine(struct cpu *cpu, struct problem *problem)
{
    int error = cpu_open_engine(&cpu->engine, cpu->model, problem);

    if (!error &&
        (!add_hooks(cpu) || uc_mem_map_ptr(cpu->engine, PROBE_PAGE, PROBE_SIZE,
                                           UC_PROT_READ | UC_PROT_EXEC, cpu->probe) != UC_ERR_OK)) {
        error = problem_set(problem, EXIT_FAILED, NULL, "the CPU engine cannot run a %s",
                            cpu->model->name);
    }
    return error;
}

struct cpu *cpu_new(enum core core, const struct cpu_bus *bus, struct problem *problem)
{
    struct cpu *cpu = calloc(1, sizeof *cpu);
    const struct core_model *model = cpu_find_model(core);

    if (!cpu || !model) {
        free(cpu);
        problem_set(problem, EXIT_FAILED, NULL, "the CPU engine has no model of this core");
        return NULL;
    }
    cpu->model = model;
    cpu->bus = *bus;
    cpu->probe = aligned_alloc(PROBE_SIZE, PROBE_SIZE);
    if (!cpu->probe || open_engine(cpu, problem)) {
        cpu_free(cpu);
        return NULL;
    }
    memset(cpu->probe, 0, PROBE_SIZE);
    cpu_set(cpu, CPU_LR, 0xFFFFFFFF);
    if (uc_context_alloc(cpu->engine, &cpu->fresh) != UC_ERR_OK ||
        uc_context_save(cpu->engine, cpu->fresh) != UC_ERR_OK) {
        problem_set(problem, EXIT_FAILED, NULL, "the CPU engine cannot keep its registers");
        cpu_free(cpu);
        return NULL;
    }
    return cpu;
}

// The engine translates loads and stores differently while there is such a hook, and a hook that is
// removed is there until the end of the next run.
__attribute__((no_sanitize("shift"))) bool cpu_show_stores(struct cpu *cpu, bool shown)
{
    if (shown == cpu->shows_stores) {
        return true;
    }
    if (!shown) {
        cpu->shows_stores = false;
        uc_hook_del(cpu->engine, cpu->store_hook);
        cpu_run_nothing(cpu);
    } else if (!add_store_hook(cpu)) {
        return false;
    }
    for (size_t i = 0; i < cpu->map_count; i++) {
        uint64_t start = cpu->maps[i].address;
        uc_ctl_remove_cache(cpu->engine, start, start + cpu->maps[i].size);
    }
    return true;
}

bool cpu_shows_stores(const struct cpu *cpu)
{
    return cpu->shows_stores;
}

void cpu_attach(struct cpu *cpu, const struct cpu_bus *bus)
{
    cpu->bus = *bus;
    sprint_forget(cpu);
}

void cpu_restart(struct cpu *cpu)
{
    uc_context_restore(cpu->engine, cpu->fresh);
    cpu->fault = (struct cpu_fault){0};
    cpu->return_value = 0;
    cpu->why = CPU_ASKED;
    cpu->stopped = false;
}

void cpu_free(struct cpu *cpu)
{
    if (cpu) {
        sprint_close(cpu);
        if (cpu->fresh) {
            uc_context_free(cpu->fresh);
        }
        if (cpu->engine) {
            uc_close(cpu->engine);
        }
        free(cpu->probe);
        free(cpu);
    }
}

// The engine lets SEV pass unseen. One right before a WFE, which is how programs clear the event
// register, counts once, until another WFE has been executed.
static enum cpu_stop wait_for_event(struct cpu *cpu, uint32_t pc)
{
    uint16_t before = 0;
    bool signalled;

    cpu_load(cpu, pc - 4, &before, sizeof before);
    signalled = before == 0xBF40 && pc != cpu->last_wait; // SEV
    cpu->last_wait = pc;
    return signalled ? CPU_ASKED : CPU_WAIT;
}

// What the engine calls an invalid instruction may be a WFE or a YIELD, which it does not know.
static enum cpu_stop sort_out(struct cpu *cpu, uc_err error)
{
    uint32_t pc = cpu_get_raw(cpu, UC_ARM_REG_PC) & ~1u;
    uint16_t before = 0;

    if (cpu->stopped) {
        return cpu->why;
    }
    cpu_load(cpu, pc - 2, &before, sizeof before);
    if (before == 0xBF30) { // WFI
        return CPU_SLEEP;
    }
    if (before == 0xBF20) { // WFE
        return wait_for_event(cpu, pc);
    }
    if (before == 0xBF10) { // YIELD
        return CPU_ASKED;
    }
    set_fault(cpu, pc,
              error == UC_ERR_INSN_INVALID ? "undefined instruction"
                                           : "instruction fetch outside the memory map");
    return CPU_FAULT;
}

// No code is at this address: runs end for other reasons.
#define NOWHERE (PROBE_PAGE + PROBE_SIZE - 2)

enum cpu_stop cpu_run(struct cpu *cpu)
{
    uint32_t pc = cpu_get_raw(cpu, UC_ARM_REG_PC);
    uc_err error;

    cpu->stopped = false;
    cpu->why = CPU_ASKED;
    error = uc_emu_start(cpu->engine, pc | 1u, NOWHERE, 0, 0);
    cpu_take_back(cpu);
    return sort_out(cpu, error);
}

void cpu_stop(struct cpu *cpu)
{
    cpu->stopped = true;
    uc_emu_stop(cpu->engine);
}

void cpu_fail(struct cpu *cpu, uint32_t address, const char *what)
{
    set_fault(cpu, address, what);
}

uint32_t cpu_return_value(const struct cpu *cpu)
{
    return cpu->return_value;
}

const struct cpu_fault *cpu_fault(const struct cpu *cpu)
{
    return &cpu->fault;
}
