// contract_core.c: checks H1 to H10 and H15, which are about the core and what it finds.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "system_memory.h"

enum {
    SYSTICK_ENABLE = 1,
    SHCSR = 0xD24, // from 0xE000E000
    CPACR = 0xD88,
};

static unsigned get(struct chip *chip, enum cpu_register which)
{
    return cpu_get(chip->core.cpu, which);
}

void contract_pc(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t word1 = memory_word(&chip->memory, chip->device->rom_vector + 4);

    contract_set(point, system_memory_home(chip->device, chip->rom_pc) == (word1 & ~1u),
                 EVIDENCE_EARNED, "PC 0x%08X, the ROM's word 1 is 0x%08X", (unsigned)chip->rom_pc,
                 (unsigned)word1);
}

// What of the FPU is not as a reset leaves it, NULL if nothing.
static const char *fpu_left_on(const struct chip *chip)
{
    if (!cpu_has_fpu(chip->device->core)) {
        return NULL;
    }
    if (chip->core.exceptions.fp_control & FPCCR_LSPACT) {
        return ", FPU registers wait to be stacked";
    }
    return chip->core.exceptions.plain[CPACR / 4] ? ", the FPU is on" : NULL;
}

void contract_stack(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    unsigned msp = get(chip, CPU_MSP), control = get(chip, CPU_CONTROL);
    bool ok = msp == word0 && get(chip, CPU_SP) == msp && control == 0 && !chip->core.isb_missing;
    const char *fpu = fpu_left_on(chip);

    contract_set(point, ok && !fpu, EVIDENCE_EARNED,
                 "SP 0x%08X, MSP 0x%08X, the ROM's word 0 is 0x%08X, CONTROL %u%s%s",
                 get(chip, CPU_SP), msp, (unsigned)word0, control,
                 chip->core.isb_missing ? " and no ISB since it was written" : "", fpu ? fpu : "");
    point->tolerated = ok && fpu;
}

void contract_thread_mode(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    unsigned ipsr = get(chip, CPU_IPSR);
    bool active = false;

    for (unsigned i = 0; i < EXCEPTION_WORDS; i++) {
        active |= exceptions->active[i] != 0;
    }
    contract_set(point, ipsr == 0 && !active, contract_earned_if(exceptions->taken), "IPSR %u, %s",
                 ipsr, active ? "an exception is active" : "no exception active");
    point->tolerated = !point->ok && exceptions_yield(exceptions);
}

void contract_masks(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    unsigned primask = get(chip, CPU_PRIMASK), faultmask = get(chip, CPU_FAULTMASK);
    unsigned basepri = get(chip, CPU_BASEPRI);

    contract_set(point, !(primask | faultmask | basepri), EVIDENCE_RESET,
                 "PRIMASK %u, FAULTMASK %u, BASEPRI 0x%02X", primask, faultmask, basepri);
}

void contract_limits(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t msplim, psplim;

    if (!cpu_has_stack_limits(chip->device->core)) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this core has no stack limits");
        return;
    }
    cpu_stack_limits(chip->core.cpu, &msplim, &psplim);
    contract_set(point, !(msplim | psplim), EVIDENCE_RESET, "MSPLIM 0x%08X, PSPLIM 0x%08X",
                 (unsigned)msplim, (unsigned)psplim);
}

void contract_interrupts(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    unsigned held = exceptions->held_line;
    unsigned enabled = 0, pending = 0;
    bool faults;

    for (unsigned i = 1; i < EXCEPTION_COUNT; i++) {
        enabled += exceptions->enabled[i / 32] >> i % 32 & 1u;
        pending += i == held ? 0 : exceptions->pending[i / 32] >> i % 32 & 1u;
    }
    faults = exceptions->plain[SHCSR / 4] != 0;
    pending += exceptions->taken_by_rom; // by handlers of a ROM that was not there yet
    contract_set(point, !(enabled | pending | faults), contract_earned_if(exceptions->nvic_written),
                 "%u interrupts enabled, %u exceptions pending%s%s%s", enabled, pending,
                 faults ? ", handlers of faults enabled" : "", held ? ", and " : "",
                 held ? exceptions->held_by : "");
    point->tolerated = !point->ok && !pending;
}

void contract_systick(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;

    contract_set(point, !(exceptions->systick_control & SYSTICK_ENABLE),
                 contract_earned_if(exceptions->systick_written), "SYST_CSR 0x%X",
                 (unsigned)exceptions->systick_control);
}

void contract_vectors(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t vtor = chip->core.exceptions.vtor;
    bool alias = chip->device->alias && vtor == 0;
    bool ok = system_memory_home(chip->device, vtor) == chip->device->rom_vector ||
              (alias && chip->alias_is_rom);

    contract_set(point, ok, EVIDENCE_EARNED, "VTOR 0x%08X%s", (unsigned)vtor,
                 !alias               ? ""
                 : chip->alias_is_rom ? ", system memory seen at 0"
                                      : ", flash seen at 0");
}

void contract_remap(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct device *device = chip->device;

    if (!device->remap_register) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this series has no MEM_MODE");
        return;
    }
    const struct block *syscfg = block_at(chip, device->remap_register);
    bool clocked = syscfg && block_is_clocked(syscfg);
    contract_set(point, chip->alias_is_rom, EVIDENCE_EARNED, "%s seen at 0, SYSCFG's clock is %s",
                 chip->alias_is_rom ? "system memory" : "flash", clocked ? "on" : "off");
}

// A cache that is a block of its own.
static bool block_cache_on(const struct chip *chip)
{
    const struct block *block = block_with_role(chip, ROLE_CACHE, NULL);

    while (block && block_is_reset(block)) {
        block = block_with_role(chip, ROLE_CACHE, block);
    }
    return block != NULL;
}

void contract_protection(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    const struct exceptions *exceptions = &chip->core.exceptions;
    bool mpu = chip->core.mpu.control & MPU_CONTROL_ENABLE;
    bool cache = exceptions->cache_control || block_cache_on(chip);
    unsigned dirty = data_cache_dirty(&chip->core.store_path.cache);

    contract_set(
        point, !mpu && !cache && !dirty, contract_earned_if(exceptions->protection_written),
        "MPU %s, caches %s, %u dirty lines", mpu ? "on" : "off", cache ? "on" : "off", dirty);
}

void contract_mark(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    unsigned address = chip->device->mark;
    unsigned word = chip_mark_word(chip, 0);
    int repeats = contract_mark_away(chip);

    if (repeats < 0) {
        contract_set(point, false, EVIDENCE_EARNED, "0x%08X at 0x%08X is not AWAY", word, address);
    } else {
        contract_set(point, true, EVIDENCE_EARNED, "AWAY at 0x%08X, %d repeated handoffs", address,
                     repeats);
    }
}
