// outcome.c: the rules from broken contract points to what the ROM does, each with its source.
// SPDX-License-Identifier: MIT
#include "outcome.h"

#include "cpu.h"

#include <string.h>

struct rule {
    const char *id;
    struct outcome outcome;
};

// Before the ROM has done anything.
static const struct rule first_rules[] = {
    {"H1",
     {OUTCOME_FAULT, CONFIDENCE_MEASURED,
      "PC runs through the vector table's data (users report a HardFault)", ""}},
    {"H5",
     {OUTCOME_FAULT, CONFIDENCE_INFERRED,
      "a stack limit above the ROM's stack faults at its first push", ""}},
};

// In the order in which they count. A point that is in neither list does not keep a ROM from
// serving a USART, as far as is known, and neither does a tolerated one (contract_*.c):
// H3  An exception stays active, but interrupts of a reset's priority are taken over it: ST's own
//     example jumps from an interrupt of priority 2, and says that it was tested over USB
//     (trentgill/STM32_Cube_F7 2147c24, F769I_EVAL FLASH_JumpBootloader).
// H6  Interrupts are enabled, but none is pending: the same example.
// H11 Enables of clocks differ, the clock tree does not: HAL_RCC_DeInit() leaves them on, and an
//     H723 (ST's article) and an F446 (ST community 890072) serve.
// H12 Only ports are in use: the H723 of the article has a LED lit. Or a USART that is none of the
//     ROM's, which is inferred.
static const struct rule rules[] = {
    {"H3",
     {OUTCOME_HUNG, CONFIDENCE_MEASURED,
      "an exception stays active, so interrupts of its priority never come "
      "(quartiq/stabilizer#820)",
      ""}},
    {"H2",
     {OUTCOME_HUNG, CONFIDENCE_MEASURED,
      "the ROM's stack is not where the ROM expects it (RTOS tasks on PSP fail so: the thread of "
      "ST's article on the jump)",
      ""}},
    {"H4",
     {OUTCOME_HUNG, CONFIDENCE_DOCUMENTED,
      "the ROM does not enable interrupts itself (AN2606 Rev 70, section 4.1)", ""}},
    {"H14",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "an option byte has this ROM, or the hardware, go elsewhere than to a host", ""}},
    {"H6",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "an interrupt comes that the ROM has no handler for: it is pending", ""}},
    {"H7",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "SysTick interrupts a ROM that did not start it (so on an F446, ST community 890072; of this "
      "ROM nobody reports that it lives with it)",
      ""}},
    {"H8",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM's interrupts go to the application: the core has no VTOR, or a report has it so",
      ""}},
    {"H10",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED, "the MPU or a cache stands between ROM and memory", ""}},
    {"H11",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM expects the clock tree of a reset (AN2606 Rev 70, section 4.1, which does not say "
      "what comes otherwise)",
      ""}},
    {"H12",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM expects peripherals as a reset leaves them (AN2606 Rev 70, section 4.1, which does "
      "not say what comes otherwise; an L433 fails with its USB in use: the article's thread)",
      ""}},
};

// A ROM whose core has VTOR writes it itself: it is found there after Go on an F412 and a G0B1
// (numworks/epsilon#329, candle-usb/candleLight_fw#319), and chips whose application left it alone
// are served: F405 (adafruit/circuitpython#11270), H723 (Klipper3d/klipper#5936), WB5MM, G071 and
// G0B1 (the thread of ST's article on the jump). Where a report speaks against it, only exceptions
// that are masked cannot go astray.
static bool vectors_are_harmless(const struct device *device, struct surroundings found)
{
    return device->fails_with & BURDEN_FOREIGN_VECTORS ? found.masked : cpu_has_vtor(device->core);
}

// Whether this ROM serves although the point does not hold: the row has a report of it, or what
// was found is not what the rule is about.
static bool is_harmless(const struct point *point, const struct device *device,
                        struct surroundings found)
{
    if (strcmp(point->id, "H4") == 0) {
        return found.unmasks || (found.masked && device->tolerates & BURDEN_MASKED_INTERRUPTS);
    }
    if (strcmp(point->id, "H7") == 0) {
        return device->tolerates & BURDEN_SYSTICK;
    }
    if (strcmp(point->id, "H8") == 0) {
        return vectors_are_harmless(device, found);
    }
    if (strcmp(point->id, "H11") == 0 && device->tolerates & BURDEN_CLOCK_TREE) {
        return true;
    }
    return point->tolerated;
}

static const struct point *point_of(const struct contract *contract, const char *id)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (strcmp(contract->points[i].id, id) == 0) {
            return &contract->points[i];
        }
    }
    return NULL;
}

// The first rule whose point does not hold, NULL if there is none.
static const struct rule *broken_rule(const struct rule *list, size_t count,
                                      const struct contract *contract, const struct device *device,
                                      struct surroundings found)
{
    for (size_t i = 0; i < count; i++) {
        const struct point *point = point_of(contract, list[i].id);
        if (point && !point->ok && !is_harmless(point, device, found)) {
            return &list[i];
        }
    }
    return NULL;
}

// Where nothing is wrong with the handoff.
static struct outcome outcome_when_nothing_is_wrong(const struct contract *contract,
                                                    const struct device *device,
                                                    struct surroundings found)
{
    if (device->self_reset && !found.crystal) {
        return (struct outcome){OUTCOME_RESET, CONFIDENCE_MEASURED,
                                "this ROM looks for a crystal, finds none and resets the chip", ""};
    }
    return (struct outcome){OUTCOME_SERVED, CONFIDENCE_INFERRED,
                            contract_broken(contract)
                                ? "what does not hold is not known to stop a USART"
                                : "the ROM finds what a reset would have left",
                            found.crystal ? "" : device->crystal_for};
}

struct outcome outcome_of(const struct contract *contract, const struct device *device,
                          struct surroundings found)
{
    bool looks_at_flash =
        device->entry == ENTRY_ERASE_FIRST && device->bank_check.when == BANK_CHECK_NEVER;
    const struct rule *rule =
        broken_rule(first_rules, sizeof first_rules / sizeof *first_rules, contract, device, found);

    if (rule) {
        return rule->outcome;
    }
    if (found.bank) {
        return (struct outcome){OUTCOME_RETURNED, found.bank_confidence,
                                "this ROM starts a bank whose first word is a RAM address", ""};
    }
    if (looks_at_flash && !found.blank && !found.boot0) {
        return (struct outcome){OUTCOME_RETURNED, CONFIDENCE_DOCUMENTED,
                                "this ROM goes back to a flash that is not empty (AN2606 Rev 70)",
                                ""};
    }
    if (found.level_2) {
        return (struct outcome){OUTCOME_HUNG, CONFIDENCE_DOCUMENTED,
                                "at readout protection level 2 it answers Get, Get ID and Get "
                                "Version alone (AN2606 Rev 70, section 4.1)",
                                ""};
    }
    if (found.condition) {
        return (struct outcome){
            found.condition->end == JUMP_HANGS ? OUTCOME_HUNG : OUTCOME_FAULT,
            found.condition_confidence,
            "a register holds what this ROM cannot live with (AN2606 Rev 70; point H14)", ""};
    }
    rule = broken_rule(rules, sizeof rules / sizeof *rules, contract, device, found);
    return rule ? rule->outcome : outcome_when_nothing_is_wrong(contract, device, found);
}

const char *outcome_name(enum outcome_kind kind)
{
    static const char *const names[] = {
        [OUTCOME_SERVED] = "served",
        [OUTCOME_RETURNED] = "returned to flash",
        [OUTCOME_RESET] = "reset by the ROM",
        [OUTCOME_HUNG] = "hung",
        [OUTCOME_FAULT] = "fault",
    };

    return names[kind];
}
