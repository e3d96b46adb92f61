// causes_chip.c: why points about what is around the core do not hold.
// SPDX-License-Identifier: MIT
#include "causes_parts.h"

#include "bus.h"
#include "contract_points.h"
#include "hardware_bits.h"
#include "leftovers.h"
#include "words.h"

// A reset cures it too, where a way through one is known.
static void offer_reset(struct cause *cause, const struct chip *chip)
{
    if (cause) {
        cause->or_reset = chip->device->entry != ENTRY_NONE;
    }
}

// Says so of bits that software can set, and cannot clear.
static void cure_by_reset_alone(struct cause *cause, const struct chip *chip, uint32_t address,
                                uint32_t bits)
{
    uint32_t stuck = bits & hardware_bits_set_only(chip->device, address);
    char names[REGISTER_BITS_ROOM];

    register_bit_names(chip, address, stuck, names);
    if (stuck == bits) {
        cause_cure(cause, "Nothing but a reset clears %s: reset the chip", names);
    } else if (stuck) {
        cause_why(cause, "a reset alone clears CSSON, MSIRGSEL and bits like them");
    }
}

void causes_clocks(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    const struct peripheral *except[LEFTOVERS_CLOCKED];

    leftovers_clocked(judge, except);
    for (int enables = 0; enables < 2; enables++) { // the clock tree comes first
        for (const struct register_reset *one = chip->device->rcc_registers; one->name; one++) {
            uint32_t bits = rcc_difference(&chip->rcc, one, except, LEFTOVERS_CLOCKED);
            if (bits && rcc_is_enable(one) == enables) {
                struct cause *cause = causes_add(causes, one->address, bits);
                cause_so(cause,
                         enables ? "RCC_%s enables clocks that a reset leaves off"
                                 : "RCC_%s is not as a reset leaves it",
                         one->name);
                cause_cure(cause, "Bring it back to 0x%08X", (unsigned)one->value);
                cure_by_reset_alone(cause, chip, one->address, bits);
                offer_reset(cause, chip);
            }
        }
    }
}

// The first register of a block that is not as after a reset, and its bits.
static uint32_t first_change(const struct block *block, uint32_t *bits)
{
    uint32_t address = block->peripheral->start;

    *bits = leftovers_bits(block, &address);
    return *bits ? address : block->peripheral->start;
}

// A block is reset by its bit, where it has one that does no harm.
static void cure_block(struct cause *cause, const struct chip *chip,
                       const struct peripheral *peripheral)
{
    char name[REGISTER_NAME_ROOM];

    offer_reset(cause, chip);
    if (!rcc_may_pulse(chip->device, peripheral->reset_register, peripheral->reset_mask)) {
        cause_cure(cause, "Bring its registers back to what a reset leaves");
        return;
    }
    register_name(chip, peripheral->reset_register, name);
    cause_cure(cause, "Set and clear bit %d of %s", __builtin_ctz(peripheral->reset_mask), name);
}

static void add_block(struct causes *causes, const struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;
    char name[REGISTER_NAME_ROOM];
    uint32_t bits, address = first_change(block, &bits);
    bool held = block_is_held(block);
    struct cause *cause = causes_add(causes, held ? peripheral->reset_register : address,
                                     held ? peripheral->reset_mask : bits);

    if (held) {
        register_name(block->chip, peripheral->reset_register, name);
        cause_so(cause, "%s is held in reset", peripheral->name);
        cause_cure(cause, "Clear bit %d of %s", __builtin_ctz(peripheral->reset_mask), name);
    } else {
        cause_so(cause, "%s is in use", peripheral->name);
        cure_block(cause, block->chip, peripheral);
        cure_by_reset_alone(cause, block->chip, address, bits);
    }
}

static void add_unmodelled(const struct judge *judge, struct causes *causes)
{
    const struct unmodelled_word *word = leftovers_register(judge);
    char name[REGISTER_NAME_ROOM];

    if (word) {
        uint32_t bits = word->known ? leftovers_word_bits(judge, word) : 0;
        struct cause *cause = causes_add(causes, word->address, bits);
        register_name(judge->chip, word->address, name);
        if (word->known) {
            cause_so(cause, "%s is not as a reset leaves it", name);
            cause_cure(cause, "Bring it back to 0x%08X", (unsigned)word->start);
            cure_by_reset_alone(cause, judge->chip, word->address, bits);
        } else {
            cause_so(cause, "%s was written, and nobody models it", name);
            cause_cure(cause, "Bring back what its peripheral has after a reset");
        }
        offer_reset(cause, judge->chip);
    }
}

static void add_pullup(const struct judge *judge, struct causes *causes)
{
    const struct jump_step *one = judge->chip->device->usb_pullups;
    bool gone = usb_pullup_cycles_off(&judge->usb_pullup, judge->chip) >=
                usb_pullup_cycles_required(judge->chip);

    if (judge->entry_requested && !gone && one && one->name) {
        struct cause *cause = causes_add(causes, one->address, one->mask);
        cause_so(cause, "The pull-up of USB is not off for 10 ms, so a host does not notice");
        cause_cure(cause, "Switch it off, and wait 10 ms");
    }
}

void causes_peripherals(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;

    for (const struct block *dma = block_with_role(chip, ROLE_DMA, NULL); dma;
         dma = block_with_role(chip, ROLE_DMA, dma)) {
        if (dma->type->dma->is_running(dma)) {
            uint32_t bits, address = first_change(dma, &bits);
            struct cause *cause = causes_add(causes, address, bits);
            cause_so(cause, "A channel of %s is enabled, and writes memory while the ROM runs",
                     dma->peripheral->name);
            cure_block(cause, chip, dma->peripheral);
        }
    }
    for (int left_alone = 0; left_alone < 2; left_alone++) { // what the ROM cares for comes first
        const struct block *block = leftovers_next(judge, left_alone, NULL);
        for (; block; block = leftovers_next(judge, left_alone, block)) {
            if (block->type->role != ROLE_DMA || !block->type->dma->is_running(block)) {
                add_block(causes, block);
            }
        }
        if (!left_alone) {
            add_unmodelled(judge, causes);
            add_pullup(judge, causes);
        }
    }
    if (judge->held_port.changed) {
        struct cause *cause = causes_add(causes, judge->held_port.port->peripheral->start, 0);
        cause_so(cause, "%s had to stay as it was, and was changed",
                 judge->held_port.port->peripheral->name);
        cause_cure(cause, "Leave this port alone on the way");
    }
}

// Whether it runs, with the reason why that keeps the point from holding.
static struct cause *add_watchdog(struct causes *causes, const struct block *block, const char *so)
{
    const struct watchdog_role *watchdog = block ? block->type->watchdog : NULL;
    struct cause *cause = NULL;

    if (watchdog && watchdog->deadline(block) != EVENT_NEVER) {
        cause = causes_add(causes, block->peripheral->start, 0);
        cause_so(cause, "%s %s", block->peripheral->name, so);
    }
    return cause;
}

void causes_watchdog(const struct judge *judge, struct causes *causes)
{
    const struct chip *chip = judge->chip;
    const struct block *window = block_watchdog(chip, WATCHDOG_WINDOW);
    const struct block *independent = block_watchdog(chip, WATCHDOG_INDEPENDENT);
    bool fed = independent && independent->type->watchdog->was_fed(independent);
    struct cause *cause;

    cause = add_watchdog(causes, window, "runs, no ROM feeds it, and only a reset stops it");
    offer_reset(cause, chip);
    cause = add_watchdog(causes, independent,
                         fed ? "runs, and its period is not the longest" : "runs, and was not fed");
    if (cause) {
        const char *name = independent->peripheral->name;
        if (fed) {
            cause_cure(cause, "Write %u to %s_PR and 0xFFF to %s_RLR", chip->device->iwdg_slowest,
                       name, name);
            cause_why(cause, "that is the longest period");
        } else {
            cause_cure(cause, "Write 0xAAAA to %s_KR", name);
        }
    }
}

void causes_options(const struct judge *judge, struct causes *causes)
{
    const struct option_check *checks = judge->chip->device->options;
    const struct jump_condition *broken = judge->jump_condition;

    for (size_t i = 0; i < OPTION_BITS_MOST && checks[i].name; i++) {
        if (judge->chip->option_bits.refuses[i] && contract_option_stops_rom(checks[i].refusal)) {
            struct cause *cause = causes_add(causes, 0, 0);
            cause_so(cause, "The option %s is set so that the ROM may not run: %s", checks[i].name,
                     words_option_refusal(checks[i].refusal));
            cause_cure(cause, "Change this option byte: docs/devices.md tells how it must be");
            if (cause) {
                cause->before_jump = false;
            }
        }
    }
    if (broken) {
        struct cause *cause = causes_add(causes, broken->address, broken->mask);
        cause_so(cause, "%s: this ROM %s", broken->name,
                 broken->end == JUMP_HANGS ? "hangs with it" : "crashes with it");
        cause_cure(cause, "Undo that");
    }
}
