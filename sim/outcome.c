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
      "PC runs through the vector table's data (users report a HardFault)"}},
    {"H5",
     {OUTCOME_FAULT, CONFIDENCE_INFERRED,
      "a stack limit above the ROM's stack faults at its first push"}},
};

// In the order in which they strike. A point that is in neither list does not keep a ROM from
// serving a USART, as far as is known.
static const struct rule rules[] = {
    {"H3",
     {OUTCOME_HUNG, CONFIDENCE_MEASURED,
      "an exception stays active, so interrupts of its priority never come"}},
    {"H2",
     {OUTCOME_HUNG, CONFIDENCE_MEASURED,
      "the ROM's stack is not where the ROM expects it (RTOS tasks on PSP fail so)"}},
    {"H4",
     {OUTCOME_HUNG, CONFIDENCE_DOCUMENTED,
      "the ROM does not enable interrupts itself (AN2606 Rev 70, section 4.1)"}},
    {"H14",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "an option byte has this ROM, or the hardware, go elsewhere than to a host"}},
    {"H6",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED, "an interrupt comes that the ROM has no handler for"}},
    {"H7",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "SysTick interrupts a ROM that did not start it (so on an F446, ST community 890072; an H723 "
      "and a U599 are reported to live with it)"}},
    {"H8",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM's interrupts go to the application, on a core without VTOR"}},
    {"H10",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED, "the MPU or a cache stands between ROM and memory"}},
    {"H11",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM expects the clocks of a reset (AN2606 Rev 70, section 4.1, which does not say what "
      "comes otherwise)"}},
    {"H12",
     {OUTCOME_HUNG, CONFIDENCE_INFERRED,
      "the ROM expects peripherals without clock (AN2606 Rev 70, section 4.1, which does not say "
      "what comes otherwise)"}},
};

// A ROM whose core has VTOR writes it itself: it is found there after Go on an F412 and a G0B1
// (numworks/epsilon#329, candle-usb/candleLight_fw#319), and chips whose application left it alone
// are served: F405 (adafruit/circuitpython#11270), H723 (Klipper3d/klipper#5936), WB5MM, G071 and
// G0B1 (the thread of ST's article on the jump).
static bool is_harmless(const char *id, const struct device *device)
{
    return strcmp(id, "H8") == 0 && cpu_has_vtor(device->core);
}

static bool holds(const struct contract *contract, const char *id)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (strcmp(contract->points[i].id, id) == 0) {
            return contract->points[i].ok;
        }
    }
    return true;
}

// The first rule whose point does not hold, NULL if there is none.
static const struct rule *broken_rule(const struct rule *list, size_t count,
                                      const struct contract *contract, const struct device *device,
                                      struct surroundings found)
{
    for (size_t i = 0; i < count; i++) {
        bool unmasked = found.unmasks && strcmp(list[i].id, "H4") == 0;
        bool cured = unmasked || is_harmless(list[i].id, device);
        if (!cured && !holds(contract, list[i].id)) {
            return &list[i];
        }
    }
    return NULL;
}

// Where nothing is wrong with the handoff.
static struct outcome own_way(const struct contract *contract, const struct device *device,
                              struct surroundings found)
{
    if (device->self_reset && !found.crystal) {
        return (struct outcome){OUTCOME_RESET, CONFIDENCE_MEASURED,
                                "this ROM looks for a crystal, finds none and resets the chip"};
    }
    return (struct outcome){OUTCOME_SERVED, CONFIDENCE_INFERRED,
                            contract_broken(contract)
                                ? "what does not hold is not known to stop a USART"
                                : "the ROM finds what a reset would have left"};
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
                                "this ROM starts a bank whose first word is a RAM address"};
    }
    if (looks_at_flash && !found.blank && !found.boot0) {
        return (struct outcome){OUTCOME_RETURNED, CONFIDENCE_DOCUMENTED,
                                "this ROM goes back to a flash that is not empty (AN2606 Rev 70)"};
    }
    if (found.level_2) {
        return (struct outcome){OUTCOME_HUNG, CONFIDENCE_DOCUMENTED,
                                "at readout protection level 2 it answers Get, Get ID and Get "
                                "Version alone (AN2606 Rev 70, section 4.1)"};
    }
    if (found.asked) {
        return (struct outcome){
            found.asked->end == JUMP_HANGS ? OUTCOME_HUNG : OUTCOME_FAULT, found.asked_confidence,
            "a register holds what this ROM cannot live with (AN2606 Rev 70; point H14)"};
    }
    rule = broken_rule(rules, sizeof rules / sizeof *rules, contract, device, found);
    return rule ? rule->outcome : own_way(contract, device, found);
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
