// judge.c: watches the chip for what its state at the handoff does not tell.
// SPDX-License-Identifier: MIT
#include "judge.h"

static void on_change(void *context)
{
    struct judge *judge = context;

    usb_pullup_look(&judge->usb_pullup, judge->chip);
}

static void on_block_change(void *context, const struct block *block)
{
    struct judge *judge = context;

    held_port_look(&judge->held_port, block);
}

static void on_reset(void *context)
{
    struct judge *judge = context;

    judge->entry_requested = judge->held_port.begun = false;
    judge->usb_pullup = (struct usb_pullup){0};
}

void judge_open(struct judge *judge, struct chip *chip)
{
    *judge = (struct judge){.chip = chip,
                            .observer = {.context = judge,
                                         .changed = on_change,
                                         .block_changed = on_block_change,
                                         .reset = on_reset}};
    observers_add(chip, &judge->observer); // the first of all: there is room
}

void judge_request_entry(struct judge *judge)
{
    struct block *watchdog = block_watchdog(judge->chip, WATCHDOG_INDEPENDENT);

    if (watchdog) {
        watchdog->type->watchdog->forget_feeding(watchdog);
    }
    judge->entry_requested = true;
    held_port_begin(&judge->held_port);
}
