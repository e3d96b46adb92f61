// rule_masks.c: E3: are interrupts unmasked, and the stack limits 0?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "core_parts.h"
#include "history.h"
#include "instruction.h"

#include <stdio.h>

// One register that masks interrupts.
struct mask {
    const char *about, *name;
    enum special_register special;
    struct value value;
    uint32_t bits; // that exist
    enum leftover leftover;
};

// The last write of this special register; NULL: none.
static const struct event *last_write(const struct rom_entry *entry, enum event_kind kind,
                                      enum special_register special)
{
    const struct event *event = entry->events;
    bool also_max = special == SPECIAL_BASEPRI;

    while (event &&
           (event->kind != kind || (event->address != (uint32_t)special &&
                                    !(also_max && event->address == SPECIAL_BASEPRI_MAX)))) {
        event = event->before;
    }
    return event;
}

static void say_set(const struct rule_view *view, const struct mask *mask,
                    const struct event *written, struct finding *finding)
{
    char place[IMAGE_NAME_ROOM] = "";

    if (written) {
        firmware_place(view->firmware, written->pc, place);
    }
    finding_say(finding,
                "%s is not 0: interrupts are masked%s%s, and nothing unmasks them before "
                "the branch. A ROM with USB or SPI needs interrupts",
                mask->name, written ? " by " : "", place);
    finding_advise(finding,
                   "write 0 to %s right before the branch, once no interrupt is enabled "
                   "and none is pending%s",
                   mask->name, mask->special == SPECIAL_PRIMASK ? " (__enable_irq())" : "");
}

static void judge_mask(const struct rule_view *view, const struct mask *mask,
                       const struct event *written, struct finding *finding)
{
    const struct value *value = &mask->value;

    if (value->bits & mask->bits) {
        say_set(view, mask, written, finding);
        answer_broken(view, finding, mask->leftover, WEIGHT_OBSERVED);
    } else if ((value->known & mask->bits) == mask->bits) {
        finding_say(finding, "%s is 0", mask->name);
        answer_ok(view, finding);
    } else if (history_is_left(value) || (!written && view->entry->origin != ORIGIN_RESET)) {
        finding_say(finding, "%s is as it was found: nothing on the way here writes it",
                    mask->name);
        finding_advise(finding, "write 0 to %s before the branch", mask->name);
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "%s is not known", mask->name);
        answer_unknown(view, finding);
    }
}

static int add_mask(const struct rule_view *view, const struct mask *mask,
                    struct findings *findings, struct problem *problem)
{
    const struct event *written = last_write(view->entry, EVENT_MASK, mask->special);
    struct finding finding = finding_about(RULE_E3, mask->about, "H4");

    finding.pc = written ? written->pc : view->entry->pc;
    finding.frames = written ? written->frames : view->entry->frames;
    judge_mask(view, mask, written, &finding);
    return findings_add(findings, &finding, problem);
}

static bool is_zero(const struct value *value)
{
    return value_is_number(value) && value->bits == 0;
}

static bool is_not_zero(const struct value *value)
{
    return value->bits != 0;
}

static uint32_t first_ram(const struct device *device)
{
    uint32_t first = UINT32_MAX;

    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        first = ram->region.start < first ? ram->region.start : first;
    }
    return first;
}

// As rules about stack limits go: one at or above the stack faults, one at the start of RAM does
// nothing.
static enum leftover_weight weigh_limit(const struct device *device, const struct value *limit,
                                        const struct value *stack)
{
    if (!value_is_number(limit)) {
        return WEIGHT_OBSERVED;
    }
    if (value_is_number(stack) && !stack_is_found(stack) && stack->bits <= limit->bits) {
        return WEIGHT_FATAL;
    }
    return limit->bits <= first_ram(device) ? WEIGHT_HARMLESS : WEIGHT_OBSERVED;
}

static void judge_limits(const struct rule_view *view, struct finding *finding)
{
    const struct core_state *core = &view->entry->core;
    bool main = is_not_zero(&core->msplim), process = is_not_zero(&core->psplim);

    if (main) {
        finding_say(finding, "MSPLIM is not 0: the ROM's stack may be below it");
        finding_advise(finding, "write 0 to MSPLIM before MSR MSP (__set_MSPLIM(0))");
        answer_broken(view, finding, LEFTOVER_STACK_LIMIT,
                      weigh_limit(view->device, &core->msplim, &core->msp));
    } else if (process) {
        finding_say(finding, "PSPLIM is not 0");
        finding_advise(finding, "write 0 to PSPLIM (__set_PSPLIM(0))");
        answer_broken(view, finding, LEFTOVER_PROCESS_STACK_LIMIT,
                      core->control.known & ~core->control.bits & 2u ? WEIGHT_HARMLESS
                                                                     : WEIGHT_OBSERVED);
    } else if (is_zero(&core->msplim) && is_zero(&core->psplim)) {
        finding_say(finding, "MSPLIM and PSPLIM are 0");
        answer_ok(view, finding);
    } else if (view->entry->origin == ORIGIN_APPLICATION) {
        finding_say(finding, "%s is as it was found", is_zero(&core->msplim) ? "PSPLIM" : "MSPLIM");
        finding_advise(finding, "write 0 to MSPLIM and PSPLIM before MSR MSP");
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "MSPLIM or PSPLIM is not known");
        answer_unknown(view, finding);
    }
}

static int add_limits(const struct rule_view *view, struct findings *findings,
                      struct problem *problem)
{
    const struct event *written = history_last(view->entry, EVENT_LIMIT);
    struct finding finding = finding_about(RULE_E3, "stack limits", "H5");

    finding.pc = written ? written->pc : view->entry->pc;
    finding.frames = written ? written->frames : view->entry->frames;
    judge_limits(view, &finding);
    return findings_add(findings, &finding, problem);
}

int rule_masks(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    const struct core_state *core = &view->entry->core;
    const struct device *device = view->device;
    uint32_t priorities = 0xFFu << (8 - device->priority_bits) & 0xFFu;
    const struct mask masks[] = {
        {"primask", "PRIMASK", SPECIAL_PRIMASK, core->primask, 1, LEFTOVER_MASKED_INTERRUPTS},
        {"basepri", "BASEPRI", SPECIAL_BASEPRI, core->basepri, priorities,
         LEFTOVER_MASKED_PRIORITIES},
        {"faultmask", "FAULTMASK", SPECIAL_FAULTMASK, core->faultmask, 1,
         LEFTOVER_MASKED_INTERRUPTS},
    };
    size_t count = core_has_priority_masks(device->core) ? sizeof masks / sizeof masks[0] : 1;

    for (size_t i = 0; i < count; i++) {
        int error = add_mask(view, &masks[i], findings, problem);
        if (error) {
            return error;
        }
    }
    return core_has_stack_limits(device->core) ? add_limits(view, findings, problem) : 0;
}
