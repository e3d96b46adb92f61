// cpu_registers.c: reads and writes the core's registers from outside, in every mode.
// SPDX-License-Identifier: MIT
#include "cpu_engine.h"

#include <string.h>

enum { CONTROL_NPRIV = 1, CONTROL_SPSEL = 2, CONTROL_FPCA = 4, HANDLER = 3 };

uint32_t cpu_get_raw(struct cpu *cpu, int engine_register)
{
    uint32_t value = 0;

    uc_reg_read(cpu->engine, engine_register, &value);
    return value;
}

void cpu_set_raw(struct cpu *cpu, int engine_register, uint32_t value)
{
    uc_reg_write(cpu->engine, engine_register, &value);
}

// The engine's number of a register; 0 for the ones that need more than a plain access.
static int engine_register(enum cpu_register which)
{
    static const int numbers[] = {
        [CPU_R0] = UC_ARM_REG_R0,           [CPU_R1] = UC_ARM_REG_R1,
        [CPU_R2] = UC_ARM_REG_R2,           [CPU_R3] = UC_ARM_REG_R3,
        [CPU_R4] = UC_ARM_REG_R4,           [CPU_R5] = UC_ARM_REG_R5,
        [CPU_R6] = UC_ARM_REG_R6,           [CPU_R7] = UC_ARM_REG_R7,
        [CPU_R8] = UC_ARM_REG_R8,           [CPU_R9] = UC_ARM_REG_R9,
        [CPU_R10] = UC_ARM_REG_R10,         [CPU_R11] = UC_ARM_REG_R11,
        [CPU_R12] = UC_ARM_REG_R12,         [CPU_SP] = UC_ARM_REG_SP,
        [CPU_LR] = UC_ARM_REG_LR,           [CPU_PC] = UC_ARM_REG_PC,
        [CPU_XPSR] = UC_ARM_REG_XPSR,       [CPU_MSP] = UC_ARM_REG_MSP,
        [CPU_PSP] = UC_ARM_REG_PSP,         [CPU_CONTROL] = UC_ARM_REG_CONTROL,
        [CPU_PRIMASK] = UC_ARM_REG_PRIMASK, [CPU_FAULTMASK] = UC_ARM_REG_FAULTMASK,
        [CPU_BASEPRI] = UC_ARM_REG_BASEPRI, [CPU_IPSR] = UC_ARM_REG_IPSR,
        [CPU_FPSCR] = UC_ARM_REG_FPSCR,
    };

    return which >= CPU_S0 ? UC_ARM_REG_S0 + (int)(which - CPU_S0) : numbers[which];
}

static bool is_special(enum cpu_register which)
{
    return which == CPU_MSP || which == CPU_PSP || which == CPU_PRIMASK || which == CPU_FAULTMASK ||
           which == CPU_BASEPRI;
}

static bool exists(const struct cpu *cpu, enum cpu_register which)
{
    if (which == CPU_FAULTMASK || which == CPU_BASEPRI) {
        return cpu->model->priority_masks;
    }
    return which < CPU_FPSCR || cpu->model->fpu;
}

static bool is_unprivileged(struct cpu *cpu)
{
    return cpu_get_raw(cpu, UC_ARM_REG_IPSR) == 0 &&
           cpu_get_raw(cpu, UC_ARM_REG_CONTROL) & CONTROL_NPRIV;
}

uint32_t cpu_get(struct cpu *cpu, enum cpu_register which)
{
    uint32_t value;

    if (!exists(cpu, which)) {
        return 0;
    }
    if (which == CPU_CONTROL) { // on Armv8-M bit 3 belongs to the secure state
        return cpu_get_raw(cpu, UC_ARM_REG_CONTROL) &
               (CONTROL_NPRIV | CONTROL_SPSEL | CONTROL_FPCA);
    }
    if (!is_special(which) || !is_unprivileged(cpu)) {
        return cpu_get_raw(cpu, engine_register(which));
    }
    cpu_set_raw(cpu, UC_ARM_REG_IPSR, HANDLER);
    value = cpu_get_raw(cpu, engine_register(which));
    cpu_set_raw(cpu, UC_ARM_REG_IPSR, 0);
    return value;
}

// SPSEL takes effect in thread mode only, and only privileged code can write CONTROL.
static void set_control(struct cpu *cpu, uint32_t value)
{
    uint32_t ipsr = cpu_get_raw(cpu, UC_ARM_REG_IPSR);

    cpu_set_raw(cpu, UC_ARM_REG_IPSR, HANDLER);
    cpu_set_raw(cpu, UC_ARM_REG_CONTROL, value & CONTROL_FPCA);
    cpu_set_raw(cpu, UC_ARM_REG_IPSR, 0);
    cpu_set_raw(cpu, UC_ARM_REG_CONTROL, value & ~(uint32_t)CONTROL_NPRIV);
    cpu_set_raw(cpu, UC_ARM_REG_IPSR, HANDLER);
    cpu_set_raw(cpu, UC_ARM_REG_CONTROL, value);
    cpu_set_raw(cpu, UC_ARM_REG_IPSR, ipsr);
}

void cpu_set(struct cpu *cpu, enum cpu_register which, uint32_t value)
{
    if (!exists(cpu, which)) {
        return;
    }
    if (which == CPU_CONTROL) {
        set_control(cpu, value);
    } else if (which == CPU_XPSR) {
        cpu_set_raw(cpu, UC_ARM_REG_APSR_NZCVQ, value);
    } else if (which == CPU_PC) {
        cpu_set_raw(cpu, UC_ARM_REG_PC, value | 1u);
    } else if (is_special(which) && is_unprivileged(cpu)) {
        cpu_set_raw(cpu, UC_ARM_REG_IPSR, HANDLER);
        cpu_set_raw(cpu, engine_register(which), value);
        cpu_set_raw(cpu, UC_ARM_REG_IPSR, 0);
    } else {
        cpu_set_raw(cpu, engine_register(which), value);
    }
    if (which == CPU_IPSR || which == CPU_CONTROL) { // the engine forgets to look at them again
        cpu_set_raw(cpu, UC_ARM_REG_APSR_NZCV, cpu_get_raw(cpu, UC_ARM_REG_APSR) & 0xF0000000u);
    }
}

// Runs one instruction in the probe page with R0 = `argument` and returns what R0 is then.
__attribute__((no_sanitize("shift"))) static uint32_t
run_probe(struct cpu *cpu, const uint16_t instruction[2], uint32_t argument)
{
    uint32_t r0 = cpu_get_raw(cpu, UC_ARM_REG_R0);
    uint32_t pc = cpu_get_raw(cpu, UC_ARM_REG_PC);
    uint32_t value;

    cpu_set_raw(cpu, UC_ARM_REG_R0, argument);
    uc_mem_write(cpu->engine, PROBE_PAGE, instruction, 4);
    uc_ctl_remove_cache(cpu->engine, PROBE_PAGE, PROBE_PAGE + 4);
    uc_emu_start(cpu->engine, PROBE_PAGE | 1u, PROBE_PAGE + 4, 0, 0); // a count would flush
    value = cpu_get_raw(cpu, UC_ARM_REG_R0);
    cpu_set_raw(cpu, UC_ARM_REG_R0, r0);
    cpu_set_raw(cpu, UC_ARM_REG_PC, pc | 1u);
    return value;
}

void cpu_run_nothing(struct cpu *cpu)
{
    static const uint16_t nops[] = {0xBF00, 0xBF00};

    run_probe(cpu, nops, 0);
}

void cpu_stack_limits(struct cpu *cpu, uint32_t *msplim, uint32_t *psplim)
{
    static const uint16_t mrs_msplim[] = {0xF3EF, 0x800A}, mrs_psplim[] = {0xF3EF, 0x800B};
    bool unprivileged = is_unprivileged(cpu);

    *msplim = *psplim = 0;
    if (!cpu->model->stack_limits) {
        return;
    }
    if (unprivileged) {
        cpu_set(cpu, CPU_IPSR, HANDLER);
    }
    *msplim = run_probe(cpu, mrs_msplim, 0);
    *psplim = run_probe(cpu, mrs_psplim, 0);
    if (unprivileged) {
        cpu_set(cpu, CPU_IPSR, 0);
    }
}

void cpu_set_stack_limit(struct cpu *cpu, uint32_t msplim)
{
    static const uint16_t msr_msplim[] = {0xF380, 0x880A};

    if (cpu->model->stack_limits) {
        run_probe(cpu, msr_msplim, msplim);
    }
}

void cpu_set_process_limit(struct cpu *cpu, uint32_t psplim)
{
    static const uint16_t msr_psplim[] = {0xF380, 0x880B};

    if (cpu->model->stack_limits) {
        run_probe(cpu, msr_psplim, psplim);
    }
}
