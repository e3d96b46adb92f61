// core.c: runs single instructions in Unicorn.
// SPDX-License-Identifier: MIT
#include "core.h"

enum { REGISTERS = 17 };

// In the order of struct core_registers.
static int numbers[REGISTERS] = {UC_ARM_REG_R0,       UC_ARM_REG_R1, UC_ARM_REG_R2,  UC_ARM_REG_R3,
                                 UC_ARM_REG_R4,       UC_ARM_REG_R5, UC_ARM_REG_R6,  UC_ARM_REG_R7,
                                 UC_ARM_REG_R8,       UC_ARM_REG_R9, UC_ARM_REG_R10, UC_ARM_REG_R11,
                                 UC_ARM_REG_R12,      UC_ARM_REG_SP, UC_ARM_REG_LR,  UC_ARM_REG_PC,
                                 UC_ARM_REG_APSR_NZCV};

static void point_to(struct core_registers *registers, void *pointers[REGISTERS])
{
    for (unsigned i = 0; i < 15; i++) {
        pointers[i] = &registers->r[i];
    }
    pointers[15] = &registers->pc;
    pointers[16] = &registers->flags;
}

uc_engine *core_open(const uint8_t *code, size_t size)
{
    uc_engine *core;

    // With this mode it is a Cortex-M33, whatever else is asked for.
    if (uc_open(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS, &core) != UC_ERR_OK) {
        return NULL;
    }
    if (uc_mem_map(core, CORE_CODE, size, UC_PROT_READ | UC_PROT_EXEC) != UC_ERR_OK ||
        uc_mem_map(core, CORE_RAM, CORE_RAM_SIZE, UC_PROT_READ | UC_PROT_WRITE) != UC_ERR_OK ||
        uc_mem_write(core, CORE_CODE, code, size) != UC_ERR_OK) {
        uc_close(core);
        return NULL;
    }
    return core;
}

void core_set_ram(uc_engine *core, const uint32_t *words)
{
    uc_mem_write(core, CORE_RAM, words, CORE_RAM_SIZE);
}

void core_get_ram(uc_engine *core, uint32_t *words)
{
    uc_mem_read(core, CORE_RAM, words, CORE_RAM_SIZE);
}

// Unicorn keeps blocks that it has translated: one that was branched into runs past `end`.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wpedantic"
static void forget_blocks(uc_engine *core, uint32_t start, uint32_t end)
{
    uc_ctl_remove_cache(core, (uint64_t)start, (uint64_t)end);
}
#pragma GCC diagnostic pop

// A branch to where nothing is has been executed as well.
bool core_run(uc_engine *core, struct core_registers *registers, size_t count, uint32_t end)
{
    void *pointers[REGISTERS];
    uint32_t start = registers->pc, outside_it = 1u << 24; // EPSR.T

    forget_blocks(core, start, end + 2);
    uc_reg_write(core, UC_ARM_REG_XPSR, &outside_it);
    point_to(registers, pointers);
    uc_reg_write_batch(core, numbers, pointers, REGISTERS);
    uc_err error = uc_emu_start(core, start | 1, end, 0, count);
    uc_reg_read_batch(core, numbers, pointers, REGISTERS);
    registers->flags &= 0xF0000000;
    registers->pc &= ~1u;
    return error == UC_ERR_OK || ((error == UC_ERR_FETCH_UNMAPPED || error == UC_ERR_FETCH_PROT) &&
                                  registers->pc != start);
}
