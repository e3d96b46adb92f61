// contract.c: checks H1 to H15 on the state of the chip.
// SPDX-License-Identifier: MIT
#include "contract.h"

#include "contract_points.h"

enum {
    MARK_AWAY_OFFSET = 2,
    MARK_LAST_OFFSET = 2 + 16,
    SYSTICK_ENABLE = 1,
    SHCSR = 0xD24, // from 0xE000E000
    CPACR = 0xD88,
};
#define NO_MARK 0x80000000u // far from every stage

// The mark itself, and its complement.
static uint32_t mark_word(const struct chip *chip, unsigned which)
{
    return chip->device->mark_in_backup
               ? backup_mark_word(chip, which)
               : memory_word(&chip->memory, chip->device->mark + 4 * which);
}

static uint32_t mark_offset(const struct chip *chip)
{
    uint32_t word = mark_word(chip, 0), complement = mark_word(chip, 1);

    return word == ~complement ? word - CHIP_MARK_BASE : NO_MARK;
}

int contract_mark_away(const struct chip *chip)
{
    uint32_t offset = mark_offset(chip);

    return offset >= MARK_AWAY_OFFSET && offset <= MARK_LAST_OFFSET
               ? (int)(offset - MARK_AWAY_OFFSET)
               : -1;
}

bool contract_mark_valid(const struct chip *chip)
{
    return mark_offset(chip) + 1 <= MARK_LAST_OFFSET + 1; // from SETTLE on, one below BACK
}

static unsigned get(struct chip *chip, enum cpu_register which)
{
    return cpu_get(chip->cpu, which);
}

static void check_pc(struct chip *chip, struct point *point)
{
    uint32_t word1 = memory_word(&chip->memory, chip->device->rom_vector + 4);

    contract_set(point, chip->rom_pc == (word1 & ~1u), EVIDENCE_EARNED,
                 "PC 0x%08X, the ROM's word 1 is 0x%08X", (unsigned)chip->rom_pc, (unsigned)word1);
}

// What of the FPU is not as a reset leaves it, NULL if nothing.
static const char *fpu_left_on(const struct chip *chip)
{
    if (!cpu_has_fpu(chip->device->core)) {
        return NULL;
    }
    if (chip->exceptions.fp_control & FPCCR_LSPACT) {
        return ", FPU registers wait to be stacked";
    }
    return chip->exceptions.plain[CPACR / 4] ? ", the FPU is on" : NULL;
}

static void check_stack(struct chip *chip, struct point *point)
{
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    unsigned msp = get(chip, CPU_MSP), control = get(chip, CPU_CONTROL);
    bool ok = msp == word0 && get(chip, CPU_SP) == msp && control == 0 && !chip->isb_missing;
    const char *fpu = fpu_left_on(chip);

    contract_set(point, ok && !fpu, EVIDENCE_EARNED,
                 "SP 0x%08X, MSP 0x%08X, the ROM's word 0 is 0x%08X, CONTROL %u%s%s",
                 get(chip, CPU_SP), msp, (unsigned)word0, control,
                 chip->isb_missing ? " and no ISB since it was written" : "", fpu ? fpu : "");
    point->tolerated = ok && fpu;
}

static void check_thread_mode(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    unsigned ipsr = get(chip, CPU_IPSR);
    bool active = false;

    for (unsigned i = 0; i < EXCEPTION_WORDS; i++) {
        active |= exceptions->active[i] != 0;
    }
    contract_set(point, ipsr == 0 && !active, contract_earned_if(exceptions->taken), "IPSR %u, %s",
                 ipsr, active ? "an exception is active" : "no exception active");
    point->tolerated = !point->ok && exceptions_yield(exceptions);
}

static void check_masks(struct chip *chip, struct point *point)
{
    unsigned primask = get(chip, CPU_PRIMASK), faultmask = get(chip, CPU_FAULTMASK);
    unsigned basepri = get(chip, CPU_BASEPRI);

    contract_set(point, !(primask | faultmask | basepri), EVIDENCE_RESET,
                 "PRIMASK %u, FAULTMASK %u, BASEPRI 0x%02X", primask, faultmask, basepri);
}

static void check_limits(struct chip *chip, struct point *point)
{
    uint32_t msplim, psplim;

    if (!cpu_has_stack_limits(chip->device->core)) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this core has no stack limits");
        return;
    }
    cpu_stack_limits(chip->cpu, &msplim, &psplim);
    contract_set(point, !(msplim | psplim), EVIDENCE_RESET, "MSPLIM 0x%08X, PSPLIM 0x%08X",
                 (unsigned)msplim, (unsigned)psplim);
}

static void check_interrupts(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    unsigned held = chip->backup.alarm ? EXCEPTION_IRQ0 + chip->device->backup_interrupt : 0;
    unsigned enabled = 0, pending = 0;
    bool faults;

    for (unsigned i = 1; i < EXCEPTION_COUNT; i++) {
        enabled += exceptions->enabled[i / 32] >> i % 32 & 1u;
        pending += i == held ? 0 : exceptions->pending[i / 32] >> i % 32 & 1u;
    }
    faults = exceptions->plain[SHCSR / 4] != 0;
    pending += exceptions->taken_by_rom; // by handlers of a ROM that was not there yet
    contract_set(point, !(enabled | pending | faults), contract_earned_if(exceptions->nvic_written),
                 "%u interrupts enabled, %u exceptions pending%s%s", enabled, pending,
                 faults ? ", handlers of faults enabled" : "",
                 held ? ", and the RTC's alarm, which the backup domain holds" : "");
    point->tolerated = !point->ok && !pending;
}

static void check_systick(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;

    contract_set(point, !(exceptions->systick_control & SYSTICK_ENABLE),
                 contract_earned_if(exceptions->systick_written), "SYST_CSR 0x%X",
                 (unsigned)exceptions->systick_control);
}

static void check_vectors(struct chip *chip, struct point *point)
{
    uint32_t vtor = chip->exceptions.vtor;
    bool alias = chip->device->alias && vtor == 0;
    bool ok = vtor == chip->device->rom_vector || (alias && chip->alias_is_rom);

    contract_set(point, ok, EVIDENCE_EARNED, "VTOR 0x%08X%s", (unsigned)vtor,
                 !alias               ? ""
                 : chip->alias_is_rom ? ", system memory seen at 0"
                                      : ", flash seen at 0");
}

static void check_remap(struct chip *chip, struct point *point)
{
    const struct device *device = chip->device;

    if (!device->remap_register) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this series has no MEM_MODE");
        return;
    }
    const struct block *syscfg = block_at(chip, device->remap_register);
    bool clocked = syscfg && block_is_clocked(chip, syscfg);
    contract_set(point, chip->alias_is_rom, EVIDENCE_EARNED, "%s seen at 0, SYSCFG's clock is %s",
                 chip->alias_is_rom ? "system memory" : "flash", clocked ? "on" : "off");
}

// The instruction cache that is a block of its own.
static bool block_cache_on(const struct chip *chip)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        if (block->peripheral->block == BLOCK_ICACHE && !block_is_reset(block)) {
            return true;
        }
    }
    return false;
}

static void check_protection(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    bool mpu = chip->mpu.control & MPU_CONTROL_ENABLE;
    bool cache = exceptions->cache_control || block_cache_on(chip);
    unsigned dirty = data_cache_dirty(&chip->store_path.cache);

    contract_set(
        point, !mpu && !cache && !dirty, contract_earned_if(exceptions->protection_written),
        "MPU %s, caches %s, %u dirty lines", mpu ? "on" : "off", cache ? "on" : "off", dirty);
}

static void check_mark(struct chip *chip, struct point *point)
{
    unsigned address = chip->device->mark;
    unsigned word = mark_word(chip, 0);
    int repeats = contract_mark_away(chip);

    if (repeats < 0) {
        contract_set(point, false, EVIDENCE_EARNED, "0x%08X at 0x%08X is not AWAY", word, address);
    } else {
        contract_set(point, true, EVIDENCE_EARNED, "AWAY at 0x%08X, %d repeated hand-overs",
                     address, repeats);
    }
}

void contract_check(struct chip *chip, const struct asked_bits *asked, struct contract *contract)
{
    struct point *point = contract->points;
    static const char *const ids[CONTRACT_POINTS] = {"H1",  "H2",  "H3",  "H4",  "H5",
                                                     "H6",  "H7",  "H8",  "H9",  "H10",
                                                     "H11", "H12", "H13", "H14", "H15"};

    for (int i = 0; i < CONTRACT_POINTS; i++) {
        point[i].id = ids[i];
    }
    check_pc(chip, &point[0]);
    check_stack(chip, &point[1]);
    check_thread_mode(chip, &point[2]);
    check_masks(chip, &point[3]);
    check_limits(chip, &point[4]);
    check_interrupts(chip, &point[5]);
    check_systick(chip, &point[6]);
    check_vectors(chip, &point[7]);
    check_remap(chip, &point[8]);
    check_protection(chip, &point[9]);
    contract_clocks(chip, &point[10]);
    contract_peripherals(chip, &point[11]);
    contract_watchdog(chip, &point[12]);
    contract_options(chip, asked, &point[13]);
    check_mark(chip, &point[14]);
}

uint32_t contract_broken_mask(const struct contract *contract)
{
    uint32_t mask = 0;

    for (int i = 0; i < CONTRACT_POINTS; i++) {
        mask |= (uint32_t)!contract->points[i].ok << i;
    }
    return mask;
}

void contract_earn(struct contract *contract, uint32_t broken_before)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (broken_before >> i & 1u && contract->points[i].ok) {
            contract->points[i].way = EVIDENCE_EARNED;
        }
    }
}

const struct point *contract_broken(const struct contract *contract)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (!contract->points[i].ok) {
            return &contract->points[i];
        }
    }
    return NULL;
}

const char *evidence_name(enum evidence way)
{
    return way == EVIDENCE_RESET ? "reset" : way == EVIDENCE_EARNED ? "earned" : "not asked";
}
