// contract_chip.c: checks H11 to H14, which are about what is around the core.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

#include "dma.h"
#include "words.h"

#include <stdarg.h>
#include <stdio.h>

void contract_set(struct point *point, bool ok, enum way way, const char *format, ...)
{
    va_list arguments;

    point->ok = ok;
    point->way = way;
    point->mild = false;
    va_start(arguments, format);
    vsnprintf(point->observed, sizeof point->observed, format, arguments);
    va_end(arguments);
}

enum way contract_earned_if(bool touched)
{
    return touched ? WAY_EARNED : WAY_RESET;
}

void contract_clocks(struct chip *chip, struct point *point)
{
    uint32_t value;
    const struct register_reset *reset = rcc_first_difference(&chip->rcc, &value);

    if (reset) {
        contract_set(point, false, WAY_EARNED, "RCC_%s 0x%08X, after a reset it is 0x%08X",
                     reset->name, (unsigned)value, (unsigned)reset->value);
    } else {
        contract_set(point, true, contract_earned_if(chip->rcc.written),
                     "every RCC register at its reset value");
    }
}

// SYSCFG differs from its reset state by MEM_MODE, which H9 asks for.
static bool is_remap_only(const struct chip *chip, const struct block *block)
{
    const struct device *device = chip->device;
    uint32_t offset = (device->remap_register - block->peripheral->start) / 4;

    if (device->remap_register - block->peripheral->start >= block->peripheral->size) {
        return false;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t exempt = i == offset ? device->remap_mask : 0;
        if ((block->registers[i] ^ block->at_reset[i]) & ~exempt) {
            return false;
        }
    }
    return true;
}

void contract_peripherals(struct chip *chip, struct point *point)
{
    const struct block *dma = dma_running(chip);
    bool written = false;

    if (dma) {
        contract_set(point, false, WAY_EARNED, "a DMA channel of %s is enabled",
                     dma->peripheral->name);
        return;
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        enum block_kind kind = block->peripheral->block;
        bool judged = kind != BLOCK_WWDG && kind != BLOCK_ICACHE; // by H13 and H10
        if (judged && !block_is_reset(block) && !is_remap_only(chip, block)) {
            contract_set(point, false, WAY_EARNED, "%s is not in its reset state",
                         block->peripheral->name);
            return;
        }
        written |= block->written && kind != BLOCK_SYSCFG && kind != BLOCK_IWDG;
    }
    for (size_t i = 0; i < chip->touches.count; i++) {
        const struct touch *touch = &chip->touches.list[i];
        if (touch->written) {
            contract_set(point, false, WAY_EARNED,
                         "0x%08X was written since the reset: not modelled",
                         (unsigned)touch->address);
            return;
        }
    }
    contract_set(point, true, contract_earned_if(written),
                 "every modelled peripheral in its reset state");
}

void contract_watchdog(struct chip *chip, struct point *point)
{
    if (chip->wwdg_deadline) {
        contract_set(point, false, WAY_EARNED, "the WWDG runs, and no ROM feeds it");
    } else if (!chip->iwdg_deadline) {
        contract_set(point, true, WAY_RESET, "the IWDG does not run");
    } else {
        contract_set(point, chip->iwdg_fed, WAY_EARNED, "the IWDG runs and was %s since the reset",
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

void contract_options(struct chip *chip, struct point *point)
{
    const struct option_check *checks = chip->device->options;
    bool asked = false;

    for (size_t i = 0; i < OPTIONS_MOST && checks[i].name; i++) {
        asked |= stops_the_rom(checks[i].refusal);
        if (chip->options.refuses[i] && stops_the_rom(checks[i].refusal)) {
            contract_set(point, false, WAY_EARNED, "the option %s: %s", checks[i].name,
                         words_option_refusal(checks[i].refusal));
            return;
        }
    }
    contract_set(point, true, asked ? WAY_EARNED : WAY_NONE,
                 asked ? "no option byte keeps this ROM from serving"
                       : "nothing more is asked on this chip");
}
