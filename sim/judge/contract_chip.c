// contract_chip.c: checks H11 to H14, which are about what is around the core.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "dma.h"
#include "leftovers.h"
#include "words.h"

#include <stdarg.h>
#include <stdio.h>

enum { IWDG_PR = 0x04, IWDG_RLR = 0x08, IWDG_LONGEST = 0xFFF };

void contract_set(struct point *point, bool ok, enum evidence way, const char *format, ...)
{
    va_list arguments;

    point->ok = ok;
    point->way = way;
    point->tolerated = false;
    va_start(arguments, format);
    vsnprintf(point->observed, sizeof point->observed, format, arguments);
    va_end(arguments);
}

enum evidence contract_earned_if(bool touched)
{
    return touched ? EVIDENCE_EARNED : EVIDENCE_RESET;
}

void contract_clocks(struct chip *chip, struct point *point)
{
    const struct block *port = chip->boot0_port; // its clock has to be on
    uint32_t value;
    const struct register_reset *reset =
        rcc_first_difference(&chip->rcc, port ? port->peripheral : NULL, &value);

    if (reset) {
        contract_set(point, false, EVIDENCE_EARNED, "RCC_%s 0x%08X, after a reset it is 0x%08X",
                     reset->name, (unsigned)value, (unsigned)reset->value);
        point->tolerated = rcc_is_enable(reset);
    } else {
        contract_set(point, true, contract_earned_if(chip->rcc.written),
                     "every RCC register at its reset value");
    }
}

// A host of USB must notice that the device has gone. A reset of the chip is left out: the ROM
// starts some time after it.
static bool usb_is_gone(const struct chip *chip)
{
    return !chip->entry_requested ||
           usb_pullup_cycles_off(chip) >= usb_pullup_cycles_required(chip);
}

// What a ROM cares for comes first: it decides whether the point is tolerated. Which peripheral an
// unmodelled register belongs to is not known, so it counts as one that a ROM cares for.
void contract_peripherals(struct chip *chip, struct point *point)
{
    const struct block *dma = dma_running(chip), *used = leftovers_block(chip, false);
    const struct block *tolerated = leftovers_block(chip, true);
    const struct unmodelled_word *touched = leftovers_register(chip);

    if (dma) {
        contract_set(point, false, EVIDENCE_EARNED, "a DMA channel of %s is enabled",
                     dma->peripheral->name);
    } else if (used) {
        contract_set(point, false, EVIDENCE_EARNED, "%s is %s", used->peripheral->name,
                     block_is_held(chip, used) ? "held in reset" : "not in its reset state");
    } else if (chip->held_port.changed) {
        contract_set(point, false, EVIDENCE_EARNED, "%s had to stay as it was, and was changed",
                     chip->held_port.port->peripheral->name);
    } else if (touched) {
        contract_set(point, false, EVIDENCE_EARNED,
                     "0x%08X was written since the reset: not modelled",
                     (unsigned)touched->address);
    } else if (!usb_is_gone(chip)) {
        contract_set(point, false, EVIDENCE_EARNED,
                     "the pull-up of USB is off for %llu cycles, 10 ms are %llu",
                     (unsigned long long)usb_pullup_cycles_off(chip),
                     (unsigned long long)usb_pullup_cycles_required(chip));
    } else if (tolerated) {
        contract_set(point, false, EVIDENCE_EARNED, "%s is not in its reset state",
                     tolerated->peripheral->name);
        point->tolerated = true;
    } else {
        contract_set(point, true, contract_earned_if(leftovers_any_write(chip)),
                     "every modelled peripheral in its reset state");
    }
}

// Without a reset the period is the one that the application chose: the ROM may need longer until
// it feeds for the first time.
static const char *iwdg_lacks(const struct chip *chip)
{
    const struct block *block = block_at(chip, chip->device->iwdg);

    if (!chip->iwdg_fed) {
        return "not fed";
    }
    if (!chip->entry_requested || !block) {
        return NULL;
    }
    return block->registers[IWDG_PR / 4] == chip->device->iwdg_slowest &&
                   block->registers[IWDG_RLR / 4] == IWDG_LONGEST
               ? NULL
               : "fed, but its period is not the longest";
}

void contract_watchdog(struct chip *chip, struct point *point)
{
    const char *lack = iwdg_lacks(chip);

    if (chip->wwdg_deadline) {
        contract_set(point, false, EVIDENCE_EARNED, "the WWDG runs, and no ROM feeds it");
    } else if (!chip->iwdg_deadline) {
        contract_set(point, true, EVIDENCE_RESET, "the IWDG does not run");
    } else {
        contract_set(point, !lack, EVIDENCE_EARNED, "the IWDG runs and was %s since the reset",
                     lack ? lack : "fed");
    }
}

// Options that keep this ROM from serving whoever comes; the others speak against entering only.
static bool stops_the_rom(enum option_refusal refusal)
{
    return refusal == OPTION_RDP_LEVEL_2 || refusal == OPTION_TRUSTZONE ||
           refusal == OPTION_PRODUCT_STATE || refusal == OPTION_DUAL_BANK ||
           refusal == OPTION_SECOND_CORE;
}

void contract_options(struct chip *chip, const struct asked_bits *broken, struct point *point)
{
    const struct option_check *checks = chip->device->options;
    bool asked = chip->device->asked->name;

    for (size_t i = 0; i < OPTION_BITS_MOST && checks[i].name; i++) {
        asked |= stops_the_rom(checks[i].refusal);
        if (chip->option_bits.refuses[i] && stops_the_rom(checks[i].refusal)) {
            contract_set(point, false, EVIDENCE_EARNED, "the option %s: %s", checks[i].name,
                         words_option_refusal(checks[i].refusal));
            return;
        }
    }
    if (broken) {
        contract_set(point, false, EVIDENCE_EARNED, "%s, which this ROM %s", broken->name,
                     broken->end == JUMP_HANGS ? "hangs with" : "crashes with");
        return;
    }
    contract_set(point, true, asked ? EVIDENCE_EARNED : EVIDENCE_NOT_ASKED,
                 asked ? "no option byte and no bit keeps this ROM from serving"
                       : "nothing more is asked on this chip");
}
