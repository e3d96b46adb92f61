// contract_core.c: checks H1, H2, H4, H5, H10, H15 and H16: registers of the core, and the mark.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "register_names.h"
#include "system_memory.h"

#include <stdio.h>
#include <string.h>

enum {
    SCR = 0xD10, // from 0xE000E000
    CCR = 0xD14,
    CCR_CACHES = 3 << 16,
    CPACR = 0xD88,
    FPCCR = 0xF34,
    LIMIT_ROOM = 64,
};
#define SYSTEM_CONTROL_SPACE 0xE000E000u

static unsigned get(struct chip *chip, enum cpu_register which)
{
    return cpu_get(chip->core.cpu, which);
}

void contract_pc(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t word1 = memory_word(&chip->memory, chip->device->rom_vector + 4);
    bool there = system_memory_home(chip->device, chip->rom_pc) == (word1 & ~1u);

    contract_set(point, there && !judge->left_thumb, EVIDENCE_EARNED,
                 "PC 0x%08X, the ROM's word 1 is 0x%08X%s", (unsigned)chip->rom_pc, (unsigned)word1,
                 judge->left_thumb ? ", and not in Thumb state" : "");
}

// Bits of the FPU's registers that are not as a reset leaves them.
static uint32_t fpu_waits(const struct chip *chip)
{
    return cpu_has_fpu(chip->device->core) ? chip->core.exceptions.fp_control & FPCCR_LSPACT : 0;
}

static uint32_t fpu_access(const struct chip *chip)
{
    return cpu_has_fpu(chip->device->core) ? chip->core.exceptions.plain[CPACR / 4] : 0;
}

// ", CONTROL.FPCA is 1", ", CPACR (CP10, CP11) not 0", behind what the text holds; nothing for no
// bits.
static void add_not_zero(char text[POINT_ROOM], const struct chip *chip, uint32_t address,
                         uint32_t bits)
{
    char name[REGISTER_TEXT_ROOM];
    size_t used = strlen(text);

    register_and_bit_names(chip, address, bits, name);
    if (bits) {
        snprintf(text + used, POINT_ROOM - used, ", %s %s", name,
                 bits & (bits - 1) ? "not 0" : "is 1");
    }
}

void contract_stack(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    unsigned msp = get(chip, CPU_MSP), control = get(chip, CPU_CONTROL);
    bool ok = msp == word0 && get(chip, CPU_SP) == msp && control == 0 && !chip->core.isb_missing;
    bool fpu = fpu_waits(chip) || fpu_access(chip);

    contract_set(point, ok && !fpu, EVIDENCE_EARNED,
                 "SP 0x%08X, MSP 0x%08X, the ROM's word 0 is 0x%08X%s%s", get(chip, CPU_SP), msp,
                 (unsigned)word0, control ? "" : ", CONTROL 0",
                 chip->core.isb_missing ? ", and no ISB since CONTROL was written" : "");
    add_not_zero(point->observed, chip, register_special(SPECIAL_CONTROL), control);
    add_not_zero(point->observed, chip, SYSTEM_CONTROL_SPACE + FPCCR, fpu_waits(chip));
    add_not_zero(point->observed, chip, SYSTEM_CONTROL_SPACE + CPACR, fpu_access(chip));
}

void contract_masks(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    unsigned primask = get(chip, CPU_PRIMASK), faultmask = get(chip, CPU_FAULTMASK);
    unsigned basepri = get(chip, CPU_BASEPRI);

    contract_set(point, !(primask | faultmask | basepri), EVIDENCE_RESET,
                 "PRIMASK %u, FAULTMASK %u, BASEPRI 0x%02X", primask, faultmask, basepri);
}

// "MSPLIM 0x20000000, below MSP 0x20004000": whether a push faults depends on the two.
static void say_limit(char text[LIMIT_ROOM], const char *limit, uint32_t value, const char *pointer,
                      uint32_t stack)
{
    int used = snprintf(text, LIMIT_ROOM, "%s 0x%08X", limit, (unsigned)value);

    if (value) {
        snprintf(text + used, LIMIT_ROOM - (size_t)used, " (%s %s 0x%08X)",
                 value > stack ? "above" : "not above", pointer, (unsigned)stack);
    }
}

void contract_limits(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    char main[LIMIT_ROOM], process[LIMIT_ROOM];
    uint32_t msplim, psplim;

    if (!cpu_has_stack_limits(chip->device->core)) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this core has no stack limits");
        return;
    }
    cpu_stack_limits(chip->core.cpu, &msplim, &psplim);
    say_limit(main, "MSPLIM", msplim, "MSP", get(chip, CPU_MSP));
    say_limit(process, "PSPLIM", psplim, "PSP", get(chip, CPU_PSP));
    contract_set(point, !(msplim | psplim), EVIDENCE_RESET, "%s, %s", main, process);
}

// ": CCR.DC, ICACHE_CR.EN" for each cache that is on: of the core, or a block of its own.
static void name_caches(const struct chip *chip, char names[POINT_ROOM])
{
    uint32_t control = chip->core.exceptions.cache_control;
    const struct block *block = block_with_role(chip, ROLE_CACHE, NULL);
    char name[REGISTER_TEXT_ROOM];
    size_t used = 0;

    names[0] = '\0';
    if (control) {
        register_and_bit_names(chip, SYSTEM_CONTROL_SPACE + CCR, control, name);
        used += (size_t)snprintf(names, POINT_ROOM, ": %s", name);
    }
    for (; block; block = block_with_role(chip, ROLE_CACHE, block)) {
        if (!block_is_reset(block)) {
            register_and_bit_names(chip, block->peripheral->start,
                                   block->registers[0] ^ block->at_reset[0], name);
            used +=
                (size_t)snprintf(names + used, POINT_ROOM - used, "%s%s", used ? ", " : ": ", name);
        }
    }
}

void contract_protection(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    bool mpu = chip->core.mpu.control & MPU_CONTROL_ENABLE;
    unsigned dirty = data_cache_dirty(&chip->core.store_path.cache);
    char caches[POINT_ROOM];

    name_caches(chip, caches);
    contract_set(point, !mpu && !caches[0] && !dirty,
                 contract_earned_if(chip->core.exceptions.protection_written),
                 "MPU %s, caches %s%s, %u dirty lines", mpu ? "on (MPU_CTRL.ENABLE)" : "off",
                 caches[0] ? "on" : "off", caches, dirty);
}

void contract_mark(const struct judge *judge, struct point *point)
{
    struct chip *chip = judge->chip;
    unsigned address = chip->device->mark;
    unsigned word = chip_mark_word(chip, 0);
    int repeats = contract_mark_away(chip);

    if (!judge->has_bootleap && !contract_mark_valid(chip)) {
        contract_set(point, true, EVIDENCE_NOT_ASKED, "this firmware has no bootleap");
    } else if (repeats < 0) {
        contract_set(point, false, EVIDENCE_EARNED, "0x%08X at 0x%08X is not AWAY", word, address);
    } else {
        contract_set(point, true, EVIDENCE_EARNED, "AWAY at 0x%08X, %d repeated handoffs", address,
                     repeats);
    }
}

// ": UNALIGN_TRP", the names of these bits; "" for none.
static void name_bits(const struct chip *chip, uint32_t address, uint32_t bits,
                      char text[REGISTER_BITS_ROOM + 2])
{
    char names[REGISTER_BITS_ROOM];

    register_bit_names(chip, address, bits, names);
    snprintf(text, REGISTER_BITS_ROOM + 2, "%s%s", bits ? ": " : "", names);
}

// Caches are H10's.
void contract_settings(const struct judge *judge, struct point *point)
{
    const struct chip *chip = judge->chip;
    uint32_t ccr = chip->core.exceptions.plain[CCR / 4], reset = chip->device->ccr_reset;
    uint32_t scr = chip->core.exceptions.plain[SCR / 4];
    uint32_t changed = (ccr ^ reset) & ~(uint32_t)CCR_CACHES;
    char ccr_bits[REGISTER_BITS_ROOM + 2], scr_bits[REGISTER_BITS_ROOM + 2];

    name_bits(chip, SYSTEM_CONTROL_SPACE + CCR, changed, ccr_bits);
    name_bits(chip, SYSTEM_CONTROL_SPACE + SCR, scr, scr_bits);
    contract_set(point, !changed && !scr,
                 contract_earned_if(chip->core.exceptions.settings_written),
                 "CCR 0x%X, after a reset 0x%X%s, SCR 0x%X%s", (unsigned)ccr, (unsigned)reset,
                 ccr_bits, (unsigned)scr, scr_bits);
}
