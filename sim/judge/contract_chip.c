// contract_chip.c: checks H11 to H14, which are about what is around the core.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "leftovers.h"
#include "register_names.h"
#include "words.h"

#include <stdarg.h>
#include <stdio.h>

void contract_set(struct point *point, bool ok, enum evidence evidence, const char *format, ...)
{
    va_list arguments;

    point->ok = ok;
    point->evidence = evidence;
    va_start(arguments, format);
    vsnprintf(point->observed, sizeof point->observed, format, arguments);
    va_end(arguments);
}

enum evidence contract_earned_if(bool touched)
{
    return touched ? EVIDENCE_EARNED : EVIDENCE_RESET;
}

// "RCC_CR 0x03010083, after a reset it is 0x00000083; different: HSEON, PLLON"
static void set_difference(struct point *point, const struct chip *chip, const char *before,
                           uint32_t address, uint32_t value, uint32_t reset, uint32_t bits)
{
    char name[REGISTER_NAME_ROOM], names[REGISTER_BITS_ROOM];

    register_name(chip, address, name);
    register_bit_names(chip, address, bits, names);
    contract_set(point, false, EVIDENCE_EARNED,
                 "%s%s 0x%08X, after a reset it is 0x%08X; different: %s", before, name,
                 (unsigned)value, (unsigned)reset, names);
}

void contract_clocks(const struct judge *judge, struct point *point)
{
    const struct peripheral *except[LEFTOVERS_CLOCKED];
    uint32_t value;

    leftovers_clocked(judge, except);
    const struct register_reset *reset =
        rcc_first_difference(&judge->chip->rcc, except, LEFTOVERS_CLOCKED, &value);
    if (reset) {
        uint32_t bits = rcc_difference(&judge->chip->rcc, reset, except, LEFTOVERS_CLOCKED);
        set_difference(point, judge->chip, "", reset->address, value, reset->value, bits);
    } else {
        contract_set(point, true, contract_earned_if(judge->chip->rcc.written),
                     "every RCC register that the row lists at its reset value");
    }
}

// A host of USB must notice that the device has gone. A reset of the chip is left out: the ROM
// starts some time after it.
static bool usb_is_gone(const struct judge *judge)
{
    return !judge->entry_requested || usb_pullup_cycles_off(&judge->usb_pullup, judge->chip) >=
                                          usb_pullup_cycles_required(judge->chip);
}

static const struct block *running_dma(const struct chip *chip)
{
    const struct block *block = block_with_role(chip, ROLE_DMA, NULL);

    while (block && !block->type->dma->is_running(block)) {
        block = block_with_role(chip, ROLE_DMA, block);
    }
    return block;
}

// "USART2 is not in its reset state: USART2_CR1 0x0000000D, after a reset ...", or what else `so`
// says of it.
static void set_block(const struct block *block, const char *so, struct point *point)
{
    const struct peripheral *peripheral = block->peripheral;
    char text[REGISTER_TEXT_ROOM];
    uint32_t address = peripheral->start, bits = leftovers_bits(block, &address);

    if (block_is_held(block)) {
        register_and_bit_names(block->chip, peripheral->reset_register, peripheral->reset_mask,
                               text);
        contract_set(point, false, EVIDENCE_EARNED, "%s is held in reset by %s", peripheral->name,
                     text);
        return;
    }
    uint32_t word = (address - peripheral->start) / 4;
    snprintf(text, sizeof text, "%s %s: ", peripheral->name, so);
    set_difference(point, block->chip, text, address, block->registers[word], block->at_reset[word],
                   bits);
}

// A register without code: what a reset leaves in it is known where the row lists it.
static void set_word(const struct judge *judge, const struct unmodelled_word *word,
                     struct point *point)
{
    char name[REGISTER_NAME_ROOM];

    if (word->known) {
        set_difference(point, judge->chip, "", word->address, word->value, word->start,
                       leftovers_word_bits(judge, word));
        return;
    }
    register_name(judge->chip, word->address, name);
    contract_set(point, false, EVIDENCE_EARNED,
                 "%s was written since the reset, and what a reset leaves there is not known",
                 name);
}

static void set_usb(const struct judge *judge, struct point *point)
{
    const struct jump_step *pullup = judge->chip->device->usb_pullups;
    char name[REGISTER_TEXT_ROOM] = "no register that is known";

    if (pullup && pullup->name) {
        register_and_bit_names(judge->chip, pullup->address, pullup->mask, name);
    }
    contract_set(point, false, EVIDENCE_EARNED,
                 "the pull-up of USB (%s) is off for %llu cycles, 10 ms are %llu", name,
                 (unsigned long long)usb_pullup_cycles_off(&judge->usb_pullup, judge->chip),
                 (unsigned long long)usb_pullup_cycles_required(judge->chip));
}

// What a ROM cares for is named first.
void contract_peripherals(const struct judge *judge, struct point *point)
{
    const struct block *dma = running_dma(judge->chip), *used = leftovers_block(judge, false);
    const struct block *left_alone = leftovers_block(judge, true);
    const struct unmodelled_word *word = leftovers_register(judge);

    if (dma) {
        set_block(dma, "has a channel that is enabled", point);
    } else if (used) {
        set_block(used, "is not in its reset state", point);
    } else if (judge->held_port.changed) {
        contract_set(point, false, EVIDENCE_EARNED, "%s had to stay as it was, and was changed",
                     judge->held_port.port->peripheral->name);
    } else if (word) {
        set_word(judge, word, point);
    } else if (!usb_is_gone(judge)) {
        set_usb(judge, point);
    } else if (left_alone) {
        set_block(left_alone, "is not in its reset state", point);
    } else {
        contract_set(point, true, contract_earned_if(leftovers_any_write(judge->chip)),
                     "every modelled peripheral in its reset state");
    }
}

// What is wrong with a watchdog that runs, NULL if nothing is. Where software started it, or no
// reset came, the period is the one that the application chose: the ROM may need longer until it
// feeds for the first time.
static const char *watchdog_fault(const struct judge *judge, const struct block *block)
{
    const struct watchdog_role *watchdog = block->type->watchdog;

    bool chosen =
        judge->entry_requested || !judge->chip->option_starts_watchdog[WATCHDOG_INDEPENDENT];

    if (!watchdog->was_fed(block)) {
        return "not fed";
    }
    return chosen && !watchdog->has_longest_period(block) ? "fed, but its period is not the longest"
                                                          : NULL;
}

static bool runs(const struct block *block)
{
    return block && block->type->watchdog->deadline(block) != EVENT_NEVER;
}

void contract_watchdog(const struct judge *judge, struct point *point)
{
    const struct block *window = block_watchdog(judge->chip, WATCHDOG_WINDOW);
    const struct block *independent = block_watchdog(judge->chip, WATCHDOG_INDEPENDENT);
    const char *fault = runs(independent) ? watchdog_fault(judge, independent) : NULL;

    if (runs(window)) {
        contract_set(point, false, EVIDENCE_EARNED, "the %s runs (%s_CR.WDGA), and no ROM feeds it",
                     window->peripheral->name, window->peripheral->name);
    } else if (!runs(independent)) {
        contract_set(point, true, EVIDENCE_RESET, "the IWDG does not run");
    } else {
        contract_set(point, !fault, EVIDENCE_EARNED, "the %s runs and was %s since the reset",
                     independent->peripheral->name, fault ? fault : "fed");
    }
}

// Options that keep this ROM from serving whoever comes; the others speak against entering only.
bool contract_option_stops_rom(enum option_refusal refusal)
{
    return refusal == OPTION_RDP_LEVEL_2 || refusal == OPTION_TRUSTZONE ||
           refusal == OPTION_PRODUCT_STATE || refusal == OPTION_DUAL_BANK ||
           refusal == OPTION_SECOND_CORE;
}

void contract_options(const struct judge *judge, struct point *point)
{
    const struct chip *chip = judge->chip;
    const struct jump_condition *broken = judge->jump_condition;
    const struct option_check *checks = chip->device->options;
    bool has_conditions = chip->device->jump_conditions->name;

    for (size_t i = 0; i < OPTION_BITS_MOST && checks[i].name; i++) {
        has_conditions |= contract_option_stops_rom(checks[i].refusal);
        if (chip->option_bits.refuses[i] && contract_option_stops_rom(checks[i].refusal)) {
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
    contract_set(point, true, has_conditions ? EVIDENCE_EARNED : EVIDENCE_NOT_ASKED,
                 has_conditions ? "no option byte and no bit keeps this ROM from serving"
                                : "nothing more is asked on this chip");
}
