// option_loss.c: from changed option bits to what is lost by them.
// SPDX-License-Identifier: MIT
#include "option_loss.h"

#include <stdio.h>
#include <string.h>

const struct option_loss_text option_losses[] = {
    {OPTION_LOSS_CHIP_FOREVER, "lock-chip-forever",
     "nothing can take it back, and the ROM may never answer again"},
    {OPTION_LOSS_ALL_FLASH, "erase-all-flash", "all flash is erased"},
    {OPTION_LOSS_READING_FLASH, "lose-reading-flash",
     "flash can be neither read nor written until all of it is erased"},
    {OPTION_LOSS_READING_PAGES, "lose-reading-pages",
     "parts of flash can no longer be read, and some of that is only taken back by erasing all"},
    {OPTION_LOSS_WRITING_PAGES, "lose-writing-pages", "pages can no longer be erased and written"},
    {OPTION_LOSS_ROM, "lose-the-rom",
     "another memory may start at the next reset, and the ROM may not be reachable by BOOT0"},
    {OPTION_LOSS_FLASH_LAYOUT, "change-flash-layout",
     "what is in flash may be seen at other addresses, or not at all"},
    {OPTION_LOSS_WATCHDOG, "start-watchdog",
     "a watchdog runs from each reset on: software that does not feed it, and some ROMs, are "
     "reset"},
    {OPTION_LOSS_UNKNOWN_LAYOUT, "inferred-layout",
     "nobody has published how this ROM takes option bytes: it is inferred from similar ones"},
    {0, NULL, NULL},
};

enum { RANGES = 64 };

static unsigned loss_of_level(const struct option_plan *plan)
{
    const struct device *device = plan->target->device;
    enum readout_level was = flash_state_readout(&plan->before->state, device);
    uint32_t value = 0;

    // What is written stands behind what is in force, where the layout has it so.
    for (unsigned i = 0; i < plan->count; i++) {
        if (plan->changes[i].field->address == device->readout_protection.address &&
            plan->changes[i].field->mask == device->readout_protection.mask) {
            value = plan->changes[i].after;
        }
    }
    if (value == device->readout_protection.level_2 &&
        device->readout_protection.level_2 != device->readout_protection.level_0) {
        return OPTION_LOSS_CHIP_FOREVER;
    }
    if (value == device->readout_protection.level_0) {
        return was == READOUT_LEVEL_1 || was == READOUT_UNKNOWN ? OPTION_LOSS_ALL_FLASH : 0u;
    }
    return OPTION_LOSS_READING_FLASH;
}

static bool is_inside(const struct region *range, const struct region *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (range->start >= list[i].start &&
            range->start + range->size <= list[i].start + list[i].size) {
            return true;
        }
    }
    return false;
}

// Whether a page is protected that was not.
static bool protects_more(const struct option_plan *plan)
{
    struct region before[RANGES], after[RANGES];
    struct flash_state state;
    bool known, known_after;
    const struct target *target = plan->target;

    option_plan_in_force(plan, &state);
    size_t old = flash_state_protected(&plan->before->state, target->device, &target->layout,
                                       before, RANGES, &known);
    size_t new =
        flash_state_protected(&state, target->device, &target->layout, after, RANGES, &known_after);
    for (size_t i = 0; i < new; i++) {
        if (!is_inside(&after[i], before, old)) {
            return true;
        }
    }
    return !known || !known_after;
}

static bool is_hardware(const struct option_change *change)
{
    // IWDG_HW starts it with 1, all others with 0.
    bool hardware_is_1 = strstr(change->field->name, "HW") != NULL;

    return (change->after != 0) == hardware_is_1;
}

unsigned option_loss_of(const struct option_plan *plan, const struct option_change *change)
{
    switch (change->field->risk) {
    case OPTION_RISK_READOUT:
        return loss_of_level(plan);
    case OPTION_RISK_FOREVER:
        return OPTION_LOSS_CHIP_FOREVER;
    case OPTION_RISK_WRITE:
        return protects_more(plan) ? OPTION_LOSS_WRITING_PAGES : 0u;
    case OPTION_RISK_PCROP:
    case OPTION_RISK_SECURE:
        return OPTION_LOSS_READING_PAGES;
    case OPTION_RISK_BOOT:
        return OPTION_LOSS_ROM;
    case OPTION_RISK_BANKS:
        return OPTION_LOSS_FLASH_LAYOUT;
    case OPTION_RISK_WATCHDOG:
        return is_hardware(change) ? OPTION_LOSS_WATCHDOG : 0u;
    default:
        return 0;
    }
}

unsigned option_loss_of_plan(const struct option_plan *plan)
{
    unsigned losses =
        plan->count && plan->before->layout->inferred ? (unsigned)OPTION_LOSS_UNKNOWN_LAYOUT : 0u;

    for (unsigned i = 0; i < plan->count; i++) {
        losses |= option_loss_of(plan, &plan->changes[i]);
    }
    return losses;
}

static int refuse(const struct option_plan *plan, const struct option_loss_text *loss,
                  const struct option_change *change, struct problem *problem)
{
    char suggestion[80];

    snprintf(suggestion, sizeof suggestion, "--%s, if that is what you want", loss->option);
    return problem_set(
        problem, EXIT_REFUSED, suggestion, "chip at %s: a new value of %s: %s. Nothing was written",
        plan->target->bootloader->port, change ? change->field->name : "option bytes", loss->what);
}

int option_loss_require(const struct option_plan *plan, unsigned accepted, struct problem *problem)
{
    unsigned missing = option_loss_of_plan(plan) & ~accepted;

    for (const struct option_loss_text *loss = option_losses; loss->bit; loss++) {
        const struct option_change *change = NULL;
        for (unsigned i = 0; !change && i < plan->count; i++) {
            if (option_loss_of(plan, &plan->changes[i]) & (unsigned)loss->bit) {
                change = &plan->changes[i];
            }
        }
        if (missing & (unsigned)loss->bit) {
            return refuse(plan, loss, change, problem);
        }
    }
    return 0;
}
