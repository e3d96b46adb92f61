// contract.c: checks H1 to H15 on the state of the chip.
// SPDX-License-Identifier: MIT
#include "contract.h"

#include "words.h"

#include "dma.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    MARK_AWAY_OFFSET = 2,
    MARK_LAST_OFFSET = 2 + 16,
    SYSTICK_ENABLE = 1,
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

static void set(struct point *point, bool ok, enum way way, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void set(struct point *point, bool ok, enum way way, const char *format, ...)
{
    va_list arguments;

    point->ok = ok;
    point->way = way;
    va_start(arguments, format);
    vsnprintf(point->observed, sizeof point->observed, format, arguments);
    va_end(arguments);
}

static enum way earned_if(bool touched)
{
    return touched ? WAY_EARNED : WAY_RESET;
}

static unsigned get(struct chip *chip, enum cpu_register which)
{
    return cpu_get(chip->cpu, which);
}

static void check_pc(struct chip *chip, struct point *point)
{
    uint32_t word1 = memory_word(&chip->memory, chip->device->rom_vector + 4);

    set(point, chip->rom_pc == (word1 & ~1u), WAY_EARNED, "PC 0x%08X, the ROM's word 1 is 0x%08X",
        (unsigned)chip->rom_pc, (unsigned)word1);
}

static void check_stack(struct chip *chip, struct point *point)
{
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    unsigned msp = get(chip, CPU_MSP), control = get(chip, CPU_CONTROL);

    set(point, msp == word0 && get(chip, CPU_SP) == msp && control == 0, WAY_EARNED,
        "SP 0x%08X, MSP 0x%08X, the ROM's word 0 is 0x%08X, CONTROL %u", get(chip, CPU_SP), msp,
        (unsigned)word0, control);
}

static void check_thread_mode(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    unsigned ipsr = get(chip, CPU_IPSR);
    bool active = false;

    for (unsigned i = 0; i < EXCEPTION_WORDS; i++) {
        active |= exceptions->active[i] != 0;
    }
    set(point, ipsr == 0 && !active, earned_if(exceptions->taken), "IPSR %u, %s", ipsr,
        active ? "an exception is active" : "no exception active");
}

static void check_masks(struct chip *chip, struct point *point)
{
    unsigned primask = get(chip, CPU_PRIMASK), faultmask = get(chip, CPU_FAULTMASK);
    unsigned basepri = get(chip, CPU_BASEPRI);

    set(point, !(primask | faultmask | basepri), WAY_RESET,
        "PRIMASK %u, FAULTMASK %u, BASEPRI 0x%02X", primask, faultmask, basepri);
}

static void check_limits(struct chip *chip, struct point *point)
{
    uint32_t msplim, psplim;

    if (!cpu_has_stack_limits(chip->device->core)) {
        set(point, true, WAY_NONE, "this core has no stack limits");
        return;
    }
    cpu_stack_limits(chip->cpu, &msplim, &psplim);
    set(point, !(msplim | psplim), WAY_RESET, "MSPLIM 0x%08X, PSPLIM 0x%08X", (unsigned)msplim,
        (unsigned)psplim);
}

static void check_interrupts(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    unsigned held = chip->backup.alarm ? EXCEPTION_IRQ0 + chip->device->backup_interrupt : 0;
    unsigned enabled = 0, pending = 0;

    for (unsigned i = 1; i < EXCEPTION_COUNT; i++) {
        enabled += exceptions->enabled[i / 32] >> i % 32 & 1u;
        pending += i == held ? 0 : exceptions->pending[i / 32] >> i % 32 & 1u;
    }
    set(point, !(enabled | pending), earned_if(exceptions->nvic_written),
        "%u interrupts enabled, %u exceptions pending%s", enabled, pending,
        held ? ", and the RTC's alarm, which the backup domain holds" : "");
}

static void check_systick(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;

    set(point, !(exceptions->systick_control & SYSTICK_ENABLE),
        earned_if(exceptions->systick_written), "SYST_CSR 0x%X",
        (unsigned)exceptions->systick_control);
}

static void check_vectors(struct chip *chip, struct point *point)
{
    uint32_t vtor = chip->exceptions.vtor;
    bool alias = chip->device->alias && vtor == 0;
    bool ok = vtor == chip->device->rom_vector || (alias && chip->alias_is_rom);

    set(point, ok, WAY_EARNED, "VTOR 0x%08X%s", (unsigned)vtor,
        !alias               ? ""
        : chip->alias_is_rom ? ", system memory seen at 0"
                             : ", flash seen at 0");
}

static void check_remap(struct chip *chip, struct point *point)
{
    const struct device *device = chip->device;

    if (!device->remap_register) {
        set(point, true, WAY_NONE, "this series has no MEM_MODE");
        return;
    }
    const struct block *syscfg = block_at(chip, device->remap_register);
    bool clocked = syscfg && block_is_clocked(chip, syscfg);
    set(point, chip->alias_is_rom, WAY_EARNED, "%s seen at 0, SYSCFG's clock is %s",
        chip->alias_is_rom ? "system memory" : "flash", clocked ? "on" : "off");
}

static void check_protection(struct chip *chip, struct point *point)
{
    const struct exceptions *exceptions = &chip->exceptions;
    bool mpu = chip->mpu.control & MPU_CONTROL_ENABLE;

    set(point, !mpu && !exceptions->cache_control, earned_if(exceptions->protection_written),
        "MPU %s, caches %s", mpu ? "on" : "off", exceptions->cache_control ? "on" : "off");
}

static void check_clocks(struct chip *chip, struct point *point)
{
    const struct block *port = chip->boot0_port; // its clock has to be on
    uint32_t value;
    const struct register_reset *reset =
        rcc_first_difference(&chip->rcc, port ? port->peripheral : NULL, &value);

    if (reset) {
        set(point, false, WAY_EARNED, "RCC_%s 0x%08X, after a reset it is 0x%08X", reset->name,
            (unsigned)value, (unsigned)reset->value);
    } else {
        set(point, true, earned_if(chip->rcc.written), "every RCC register at its reset value");
    }
}

// SYSCFG differs from its reset state by MEM_MODE, which H9 asks for, or by the bit with which the
// ROM has swapped the banks before the application ran.
static bool is_remap_only(const struct chip *chip, const struct block *block)
{
    const struct device *device = chip->device;
    uint32_t offset = (device->remap_register - block->peripheral->start) / 4;

    if (device->remap_register - block->peripheral->start >= block->peripheral->size) {
        return false;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t exempt = i == offset ? device->remap_mask : 0;
        uint32_t address = block->peripheral->start + 4 * i;
        if (chip->swapped && address == device->bank_check.swap_register) {
            exempt |= device->bank_check.swap_mask;
        }
        if ((block->registers[i] ^ block->at_reset[i]) & ~exempt) {
            return false;
        }
    }
    return true;
}

static void check_peripherals(struct chip *chip, struct point *point)
{
    const struct block *dma = dma_running(chip);
    bool written = false;

    if (dma) {
        set(point, false, WAY_EARNED, "a DMA channel of %s is enabled", dma->peripheral->name);
        return;
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        // The WWDG is judged by H13; the port that drives BOOT0 has to.
        bool judged = block->peripheral->block != BLOCK_WWDG && block != chip->boot0_port;
        if (judged && !block_is_reset(block) && !is_remap_only(chip, block)) {
            set(point, false, WAY_EARNED, "%s is not in its reset state", block->peripheral->name);
            return;
        }
        written |= block->written && block->peripheral->block != BLOCK_SYSCFG &&
                   block->peripheral->block != BLOCK_IWDG;
    }
    for (size_t i = 0; i < chip->touches.count; i++) {
        const struct touch *touch = &chip->touches.list[i];
        if (touch->written) {
            set(point, false, WAY_EARNED, "0x%08X was written since the reset: not modelled",
                (unsigned)touch->address);
            return;
        }
    }
    set(point, true, earned_if(written), "every modelled peripheral in its reset state");
}

static void check_watchdog(struct chip *chip, struct point *point)
{
    if (chip->wwdg_deadline) {
        set(point, false, WAY_EARNED, "the WWDG runs, and no ROM feeds it");
    } else if (!chip->iwdg_deadline) {
        set(point, true, WAY_RESET, "the IWDG does not run");
    } else {
        set(point, chip->iwdg_fed, WAY_EARNED, "the IWDG runs and was %s since the reset",
            chip->iwdg_fed ? "fed" : "not fed");
    }
}

// Options that keep this ROM from serving whoever comes; the others speak against entering only.
static bool stops_the_rom(enum option_refusal refusal)
{
    return refusal == OPTION_RDP_LEVEL_2 || refusal == OPTION_TRUSTZONE ||
           refusal == OPTION_PRODUCT_STATE || refusal == OPTION_DUAL_BANK ||
           refusal == OPTION_SECOND_CORE;
}

static void check_options(struct chip *chip, const struct asked_bits *broken, struct point *point)
{
    const struct option_check *checks = chip->device->options;
    bool asked = chip->device->asked->name;

    for (size_t i = 0; i < OPTIONS_MOST && checks[i].name; i++) {
        asked |= stops_the_rom(checks[i].refusal);
        if (chip->options.refuses[i] && stops_the_rom(checks[i].refusal)) {
            set(point, false, WAY_EARNED, "the option %s: %s", checks[i].name,
                words_option_refusal(checks[i].refusal));
            return;
        }
    }
    if (broken) {
        set(point, false, WAY_EARNED, "%s, which this ROM %s", broken->name,
            broken->end == JUMP_HANGS ? "hangs with" : "crashes with");
        return;
    }
    set(point, true, asked ? WAY_EARNED : WAY_NONE,
        asked ? "no option byte and no bit keeps this ROM from serving"
              : "nothing more is asked on this chip");
}

static void check_mark(struct chip *chip, struct point *point)
{
    unsigned address = chip->device->mark;
    unsigned word = mark_word(chip, 0);
    int repeats = contract_mark_away(chip);

    if (repeats < 0) {
        set(point, false, WAY_EARNED, "0x%08X at 0x%08X is not AWAY", word, address);
    } else {
        set(point, true, WAY_EARNED, "AWAY at 0x%08X, %d repeated hand-overs", address, repeats);
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
    check_clocks(chip, &point[10]);
    check_peripherals(chip, &point[11]);
    check_watchdog(chip, &point[12]);
    check_options(chip, asked, &point[13]);
    check_mark(chip, &point[14]);
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

const char *way_name(enum way way)
{
    return way == WAY_RESET ? "reset" : way == WAY_EARNED ? "earned" : "not asked";
}
