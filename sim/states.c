// states.c: makes the states in which an application asks for the ROM.
// SPDX-License-Identifier: MIT
#include "states.h"

#include "backup.h"
#include "bus.h"
#include "dma.h"

#include <string.h>

// Registers of the core (Armv7-M ARM, B3.2 to B3.5; Armv8-M ARM, D1.2).
enum {
    SYST_CSR = 0xE010,
    SYST_RVR = 0xE014,
    NVIC_ISER = 0xE100,
    NVIC_ISPR = 0xE200,
    ICSR = 0xED04,
    CCR = 0xED14,
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
    IWDG_START = 0xCCCC,
    STACK_ROOM = 512, // of the process stack below the main one
    DMA_BYTES = 64,
    MARK_BYTES = 8,
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
    uint32_t control = cpu_get(chip->cpu, CPU_CONTROL);

    cpu_set(chip->cpu, CPU_PSP, cpu_get(chip->cpu, CPU_MSP) - STACK_ROOM);
    cpu_set(chip->cpu, CPU_CONTROL, control | CONTROL_SPSEL | unprivileged);
}

static void be_in_handler(struct chip *chip)
{
    core_write(chip, NVIC_ISER, 1);
    exceptions_pend(&chip->exceptions, EXCEPTION_IRQ0);
    exceptions_enter(chip, EXCEPTION_IRQ0);
}

static void guard_mark(struct chip *chip)
{
    uint32_t region = chip->device->mark & ~31u;
    bool v8 = cpu_has_stack_limits(chip->device->core);

    core_write(chip, MPU_RNR, 0);
    core_write(chip, MPU_RBAR, region | (v8 ? V8_READ_ONLY : 0));
    core_write(chip, MPU_RASR, v8 ? region | 1u : V7_READ_ONLY_32_BYTES);
    core_write(chip, MPU_CTRL, MPU_ON_WITH_DEFAULT_MAP);
}

static void turn_caches_on(struct chip *chip)
{
    if (cpu_has_data_cache(chip->device->core)) {
        core_write(chip, CCR, core_read(chip, CCR) | CCR_CACHES);
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        if (chip->blocks[i].peripheral->block == BLOCK_ICACHE) {
            bus_write(chip, chip->blocks[i].peripheral->start, 4, 1);
        }
    }
}

static bool is_enable_register(const struct register_reset *reg)
{
    return strstr(reg->name, "ENR") != NULL;
}

static void run_all_clocks(struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        rcc_write(&chip->rcc, bit->address, rcc_peek(&chip->rcc, bit->address) | bit->on);
    }
    rcc_write(&chip->rcc, device->switch_register,
              rcc_peek(&chip->rcc, device->switch_register) | device->switch_mask);
    for (const struct register_reset *reg = device->rcc_registers; reg->name; reg++) {
        if (is_enable_register(reg)) {
            rcc_write(&chip->rcc, reg->address, 0xFFFFFFFFu);
        }
    }
}

static void have_interrupts_pending(struct chip *chip)
{
    cpu_set(chip->cpu, CPU_PRIMASK, 1);
    core_write(chip, SYST_RVR, 50);
    core_write(chip, SYST_CSR, 7);
    core_write(chip, NVIC_ISER, 0xFFFFFFFFu);
    core_write(chip, NVIC_ISPR, 0xFFFFFFFFu);
    core_write(chip, ICSR, ICSR_PENDSVSET | ICSR_PENDSTSET);
}

static void use_fpu(struct chip *chip)
{
    core_write(chip, CPACR, 0xF << 20);
    cpu_set(chip->cpu, CPU_CONTROL, cpu_get(chip->cpu, CPU_CONTROL) | CONTROL_FPCA);
}

static bool has_block(const struct device *device, enum block_kind first, enum block_kind last)
{
    for (const struct peripheral *p = device->peripherals; p->name; p++) {
        if (p->block >= first && p->block <= last) {
            return true;
        }
    }
    return false;
}

const char *state_name(enum application_state state)
{
    static const char *const names[] = {
        [STATE_THREAD] = "thread",
        [STATE_PROCESS_STACK] = "process-stack",
        [STATE_HANDLER] = "handler",
        [STATE_PRIMASK] = "primask",
        [STATE_BASEPRI] = "basepri",
        [STATE_FAULTMASK] = "faultmask",
        [STATE_FPU] = "fpu",
        [STATE_MPU] = "mpu",
        [STATE_CACHES] = "caches",
        [STATE_CLOCKS] = "clocks",
        [STATE_PENDING] = "pending",
        [STATE_DMA] = "dma",
        [STATE_DMA_OVER_MARK] = "dma-over-mark",
        [STATE_STACK_LIMITS] = "stack-limits",
        [STATE_WATCHDOG] = "watchdog",
        [STATE_ALARM] = "alarm",
        [STATE_UNPRIVILEGED] = "unprivileged",
    };

    return state < STATES ? names[state] : NULL;
}

bool state_exists(const struct device *device, enum application_state state)
{
    switch (state) {
    case STATE_BASEPRI:
    case STATE_FAULTMASK:
        return cpu_has_priority_masks(device->core);
    case STATE_FPU:
        return cpu_has_fpu(device->core);
    case STATE_MPU:
        return device->mpu && !device->mark_in_backup;
    case STATE_CACHES:
        return cpu_has_data_cache(device->core) || has_block(device, BLOCK_ICACHE, BLOCK_ICACHE);
    case STATE_DMA:
        return has_block(device, BLOCK_DMA_CHANNELS, BLOCK_MDMA);
    case STATE_DMA_OVER_MARK:
        return has_block(device, BLOCK_DMA_CHANNELS, BLOCK_MDMA) && !device->mark_in_backup;
    case STATE_STACK_LIMITS:
        return cpu_has_stack_limits(device->core);
    case STATE_ALARM:
        return device->backup_interrupt != 0;
    case STATE_UNPRIVILEGED:
        return cpu_has_priority_masks(device->core); // the engine's M0 has no unprivileged mode
    default:
        return true;
    }
}

static void be_unprivileged(struct chip *chip)
{
    use_process_stack(chip, CONTROL_UNPRIVILEGED);
}

static void be_task(struct chip *chip)
{
    use_process_stack(chip, 0);
}

static void set_primask(struct chip *chip)
{
    cpu_set(chip->cpu, CPU_PRIMASK, 1);
}

static void set_basepri(struct chip *chip)
{
    cpu_set(chip->cpu, CPU_BASEPRI, MASK_MOST);
}

static void set_faultmask(struct chip *chip)
{
    cpu_set(chip->cpu, CPU_FAULTMASK, 1);
}

static void run_dma(struct chip *chip)
{
    dma_start(chip, chip->device->rams[0].region.start, DMA_BYTES);
}

static void run_dma_over_mark(struct chip *chip)
{
    dma_start(chip, chip->device->mark, MARK_BYTES);
}

static void limit_stack(struct chip *chip)
{
    cpu_set_stack_limit(chip->cpu, cpu_get(chip->cpu, CPU_MSP) - STACK_ROOM);
}

static void start_watchdog(struct chip *chip)
{
    bus_write(chip, chip->device->iwdg, 4, IWDG_START);
}

static void have_alarm(struct chip *chip)
{
    backup_alarm(chip);
}

void state_make(struct chip *chip, enum application_state state)
{
    static void (*const makers[STATES])(struct chip * chip) = {
        [STATE_PROCESS_STACK] = be_task,
        [STATE_HANDLER] = be_in_handler,
        [STATE_PRIMASK] = set_primask,
        [STATE_BASEPRI] = set_basepri,
        [STATE_FAULTMASK] = set_faultmask,
        [STATE_FPU] = use_fpu,
        [STATE_MPU] = guard_mark,
        [STATE_CACHES] = turn_caches_on,
        [STATE_CLOCKS] = run_all_clocks,
        [STATE_PENDING] = have_interrupts_pending,
        [STATE_DMA] = run_dma,
        [STATE_DMA_OVER_MARK] = run_dma_over_mark,
        [STATE_STACK_LIMITS] = limit_stack,
        [STATE_WATCHDOG] = start_watchdog,
        [STATE_ALARM] = have_alarm,
        [STATE_UNPRIVILEGED] = be_unprivileged,
    };

    if (makers[state]) { // a thread is what it is
        makers[state](chip);
    }
}
