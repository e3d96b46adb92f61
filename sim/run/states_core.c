// states_core.c: states of the core: handlers, stacks, masks, pending interrupts, MPU, caches.
// SPDX-License-Identifier: MIT
#include "state_makers.h"

#include "bus.h"

// Registers of the core (Armv7-M ARM, B3.2 to B3.5; Armv8-M ARM, D1.2).
enum {
    SYST_CSR = 0xE010,
    SYST_RVR = 0xE014,
    NVIC_ISER = 0xE100,
    NVIC_ISPR = 0xE200,
    NVIC_IPR = 0xE400,
    ICSR = 0xED04,
    VTOR = 0xED08,
    CCR = 0xED14,
    SHCSR = 0xED24,
    CPACR = 0xED88,
    MPU_CTRL = 0xED94,
    MPU_RNR = 0xED98,
    MPU_RBAR = 0xED9C,
    MPU_RASR = 0xEDA0, // Armv8-M: RLAR
    ICSR_PENDSVSET = 1 << 28,
    ICSR_PENDSTSET = 1 << 26,
    CCR_CACHES = 3 << 16,
    MPU_ON_WITH_DEFAULT_MAP = 5,
    V7_READ_ONLY_32_BYTES = 6 << 24 | 4 << 1 | 1, // AP 110, size 2^(4 + 1), enabled
    V8_READ_ONLY = 2 << 1,                        // AP 10: read-only, privileged
    CONTROL_UNPRIVILEGED = 1,
    CONTROL_SPSEL = 2,
    CONTROL_FPCA = 4,
    MASK_MOST = 0x10, // BASEPRI: only the most urgent priority gets through
    STACK_ROOM = 512, // of the process stack below the main one
    SHCSR_ENABLES = 7 << 16,
    LINE_STEP = 0x1020, // of dirty lines: another set each, and over all ways
    DIRTY_LINES = 12,
    FIRST_LINE = 0x800,
    IRQ0_BEFORE_IRQ1 = 0x8040, // their priorities
    TICK = 100000,
};

static void core_write(struct chip *chip, uint32_t offset, uint32_t value)
{
    bus_write(chip, 0xE0000000u + offset, 4, value);
}

static uint32_t core_read(struct chip *chip, uint32_t offset)
{
    return bus_read(chip, 0xE0000000u + offset, 4);
}

static void use_process_stack(struct chip *chip, uint32_t unprivileged)
{
    uint32_t control = cpu_get(chip->core.cpu, CPU_CONTROL);

    cpu_set(chip->core.cpu, CPU_PSP, cpu_get(chip->core.cpu, CPU_MSP) - STACK_ROOM);
    cpu_set(chip->core.cpu, CPU_CONTROL, control | CONTROL_SPSEL | unprivileged);
}

void state_be_in_handler(struct chip *chip)
{
    core_write(chip, NVIC_ISER, 1);
    exceptions_pend(&chip->core.exceptions, EXCEPTION_IRQ0);
    exceptions_enter(&chip->core, EXCEPTION_IRQ0);
}

void state_guard_mark(struct chip *chip)
{
    uint32_t region = chip->device->mark & ~31u;
    bool v8 = cpu_has_stack_limits(chip->device->core);

    core_write(chip, MPU_RNR, 0);
    core_write(chip, MPU_RBAR, region | (v8 ? V8_READ_ONLY : 0));
    core_write(chip, MPU_RASR, v8 ? region | 1u : V7_READ_ONLY_32_BYTES);
    core_write(chip, MPU_CTRL, MPU_ON_WITH_DEFAULT_MAP);
}

// Stores that change nothing, all over the RAM that is cached.
static void make_lines_dirty(struct chip *chip)
{
    const struct data_cache *cache = &chip->core.store_path.cache;

    for (size_t i = 0; i < cache->ram_count; i++) {
        const struct cached_ram *ram = &cache->rams[i];
        for (uint32_t j = 0; j < DIRTY_LINES; j++) {
            uint32_t offset = FIRST_LINE + j * LINE_STEP;
            if (offset < ram->size) {
                store_path_check(&chip->core, ram->start + offset, 4);
            }
        }
    }
}

void state_turn_caches_on(struct chip *chip)
{
    if (cpu_has_data_cache(chip->device->core)) {
        core_write(chip, CCR, core_read(chip, CCR) | CCR_CACHES);
    }
    make_lines_dirty(chip);
    for (struct block *block = block_with_role(chip, ROLE_CACHE, NULL); block;
         block = block_with_role(chip, ROLE_CACHE, block)) {
        block->type->use(block);
    }
}

void state_have_interrupts_pending(struct chip *chip)
{
    cpu_set(chip->core.cpu, CPU_PRIMASK, 1);
    core_write(chip, SYST_RVR, 50);
    core_write(chip, SYST_CSR, 7);
    for (uint32_t word = 0; word < (chip->device->interrupts + 31) / 32; word++) {
        core_write(chip, NVIC_ISER + 4 * word, 0xFFFFFFFFu);
        core_write(chip, NVIC_ISPR + 4 * word, 0xFFFFFFFFu);
    }
    core_write(chip, ICSR, ICSR_PENDSVSET | ICSR_PENDSTSET);
}

void state_use_fpu(struct chip *chip)
{
    core_write(chip, CPACR, 0xF << 20);
    cpu_set(chip->core.cpu, CPU_CONTROL, cpu_get(chip->core.cpu, CPU_CONTROL) | CONTROL_FPCA);
}

void state_be_unprivileged(struct chip *chip)
{
    use_process_stack(chip, CONTROL_UNPRIVILEGED);
}

void state_be_task(struct chip *chip)
{
    use_process_stack(chip, 0);
}

void state_set_primask(struct chip *chip)
{
    cpu_set(chip->core.cpu, CPU_PRIMASK, 1);
}

void state_set_basepri(struct chip *chip)
{
    cpu_set(chip->core.cpu, CPU_BASEPRI, MASK_MOST);
}

void state_set_faultmask(struct chip *chip)
{
    cpu_set(chip->core.cpu, CPU_FAULTMASK, 1);
}

void state_limit_stack(struct chip *chip)
{
    cpu_set_stack_limit(chip->core.cpu, cpu_get(chip->core.cpu, CPU_MSP) - STACK_ROOM);
}

void state_be_in_nested_handler(struct chip *chip)
{
    core_write(chip, NVIC_IPR, IRQ0_BEFORE_IRQ1);
    core_write(chip, NVIC_ISER, 3);
    exceptions_enter(&chip->core, EXCEPTION_IRQ0 + 1);
    exceptions_enter(&chip->core, EXCEPTION_IRQ0);
}

void state_be_in_systick_handler(struct chip *chip)
{
    core_write(chip, SYST_RVR, TICK);
    core_write(chip, SYST_CSR, 7);
    exceptions_enter(&chip->core, EXCEPTION_SYSTICK);
}

// The entry leaves the FPU's registers to be stacked when the handler uses it: LSPACT.
void state_be_in_fpu_handler(struct chip *chip)
{
    state_use_fpu(chip);
    state_be_in_handler(chip);
}

void state_be_limited_task(struct chip *chip)
{
    state_limit_stack(chip);
    use_process_stack(chip, 0);
    cpu_set_process_limit(chip->core.cpu, cpu_get(chip->core.cpu, CPU_PSP) - STACK_ROOM);
}

void state_enable_faults(struct chip *chip)
{
    core_write(chip, SHCSR, SHCSR_ENABLES);
}

void state_move_vectors(struct chip *chip)
{
    core_write(chip, VTOR, chip->device->rams[0].region.start);
}
