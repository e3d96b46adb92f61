// wwdg.c: the window watchdog: once started it cannot be stopped, and counts down to a reset.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapter 22: CR holds T and WDGA, CFR the window W and the prescaler WDGTB, at
// bit 7 or in newer blocks at bit 11: the other place reads 0.
#include "block.h"
#include "chip.h"

enum {
    CR = 0x00,
    CFR = 0x04,
    SR = 0x08,
    COUNTER = 0x7F,
    LAST = 0x3F, // a counter that gets here resets the chip
    STARTED = 0x80,
    CYCLES_PER_COUNT = 4096, // of the bus clock; an instruction is taken for a cycle
};

static uint64_t period(const struct block *block)
{
    uint32_t cfr = block->registers[CFR / 4];

    return (uint64_t)CYCLES_PER_COUNT << ((cfr >> 7 & 3u) | (cfr >> 11 & 7u));
}

static uint32_t counter(const struct chip *chip, const struct block *block)
{
    if (!chip->wwdg_deadline) {
        return block->registers[CR / 4] & COUNTER;
    }
    if (chip->instructions >= chip->wwdg_deadline) {
        return LAST;
    }
    return LAST + (uint32_t)((chip->wwdg_deadline - chip->instructions - 1) / period(block)) + 1;
}

static void want_reset(struct chip *chip)
{
    chip->reset_wanted = true;
    chip->reset_kind = RESET_WATCHDOG;
}

static void load(struct chip *chip, struct block *block, uint32_t value)
{
    block->registers[CR / 4] = value | STARTED;
    if ((value & COUNTER) <= LAST) {
        want_reset(chip);
        return;
    }
    chip->wwdg_deadline = chip->instructions + ((value & COUNTER) - LAST) * period(block);
}

static void wwdg_reset(struct chip *chip, struct block *block)
{
    block->registers[CR / 4] = COUNTER;
    block->registers[CFR / 4] = COUNTER;
    chip->wwdg_deadline = 0;
    if (chip->hardware_wwdg) {
        load(chip, block, COUNTER);
    }
}

static uint32_t wwdg_read(struct chip *chip, struct block *block, uint32_t offset)
{
    uint32_t started = chip->wwdg_deadline ? STARTED : 0;

    return offset == CR ? started | counter(chip, block) : block->registers[offset / 4];
}

static void wwdg_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t now = counter(chip, block);

    if (offset == CR) {
        bool too_early = chip->wwdg_deadline && now > (block->registers[CFR / 4] & COUNTER);
        if (too_early) {
            want_reset(chip);
        } else if (value & STARTED || chip->wwdg_deadline) {
            load(chip, block, value & COUNTER);
        } else {
            block->registers[CR / 4] = value & COUNTER;
        }
    } else if (offset == CFR) {
        block->registers[CFR / 4] = value & 0x3FFFu;
        if (chip->wwdg_deadline) { // the counter goes on from where it is, at the new pace
            chip->wwdg_deadline = chip->instructions + (now - LAST) * period(block);
        }
    }
}

const struct block_behaviour wwdg_behaviour = {
    .reset = wwdg_reset,
    .read = wwdg_read,
    .write = wwdg_write,
    .not_modelled =
        "its early wake-up interrupt, a bus clock slower than the core's, that its clock can "
        "be stopped; its reset shows the flags of the IWDG's",
};
