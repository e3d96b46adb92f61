// usb_pullup.c: looks at the pull-ups on USB's D+ that software switches.
// SPDX-License-Identifier: MIT
//
// A host takes a device for gone when the line stays low for longer than a reset of the bus lasts:
// 10 ms (USB 2.0, Section 7.1.7.5). They are counted while the system clock is the one of a reset,
// whose frequency the row gives.
#include "usb_pullup.h"

#include "bus.h"
#include "chip.h"

enum { TEN_MS_IN_A_SECOND = 100 };

// A block in its reset state pulls nothing up, whatever its bit says.
static bool is_on(const struct chip *chip, const struct jump_step *pullup)
{
    const struct block *block = block_at(chip, pullup->address);

    return block && !block_is_reset(block) &&
           (bus_peek(chip, pullup->address) & pullup->mask) != pullup->value;
}

static bool any_on(const struct chip *chip)
{
    for (const struct jump_step *one = chip->device->usb_pullups; one && one->name; one++) {
        if (is_on(chip, one)) {
            return true;
        }
    }
    return false;
}

void usb_pullup_look(struct usb_pullup *usb, const struct chip *chip)
{
    bool on = any_on(chip);

    usb->was_on |= on;
    if (on || !rcc_clock_is_reset(&chip->rcc)) {
        usb->off = false;
    } else if (!usb->off) {
        usb->off = true;
        usb->off_since = chip->core.instructions;
    }
}

uint64_t usb_pullup_cycles_required(const struct chip *chip)
{
    return chip->device->jump.hz / TEN_MS_IN_A_SECOND;
}

uint64_t usb_pullup_cycles_off(const struct usb_pullup *usb, const struct chip *chip)
{
    if (!usb->was_on) {
        return UINT64_MAX;
    }
    return usb->off ? chip->core.instructions - usb->off_since : 0;
}
