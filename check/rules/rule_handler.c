// rule_handler.c: E9: can the branch happen in a handler of an exception?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "handlers.h"
#include "history.h"

#include <stdio.h>

enum { FIRST_LINE = 16 };

static const char ways_out[] =
    "set a flag in the handler and enter from main(), or enter through a reset";

// "SysTick_Handler", "USART1_IRQHandler (interrupt 27)".
static void name_handler(const struct firmware *firmware, unsigned exception,
                         char text[IMAGE_NAME_ROOM + 32])
{
    char name[IMAGE_NAME_ROOM] = "a handler";
    uint32_t handler;

    if (firmware_handler(firmware, exception, &handler)) {
        firmware_name(firmware, handler, name);
    }
    if (exception >= FIRST_LINE) {
        snprintf(text, IMAGE_NAME_ROOM + 32, "%s (interrupt %u)", name, exception - FIRST_LINE);
    } else {
        snprintf(text, IMAGE_NAME_ROOM + 32, "%s (exception %u)", name, exception);
    }
}

// Its priority is not known here: the milder case decides.
static void judge_in_handler(const struct rule_view *view, unsigned exception, bool known,
                             struct finding *finding)
{
    char handler[IMAGE_NAME_ROOM + 32] = "a handler of an exception";

    if (known) {
        name_handler(view->firmware, exception, handler);
    }
    finding_say(finding,
                "it is in %s: the ROM runs in handler mode, with that exception active. "
                "Over USB and SPI it serves only if its interrupts preempt that priority; "
                "over USART a ROM that polls does not need them",
                handler);
    finding_advise(finding, "%s", ways_out);
    answer_broken(view, finding, LEFTOVER_LOW_HANDLER, WEIGHT_OBSERVED);
}

static void judge_reached(const struct rule_view *view, unsigned exception, struct finding *finding)
{
    char handler[IMAGE_NAME_ROOM + 32];

    name_handler(view->firmware, exception, handler);
    finding_say(finding,
                "direct calls lead here from %s. If it comes from there, the ROM runs in "
                "handler mode: over USB and SPI it serves only if its interrupts preempt "
                "that priority; over USART a ROM that polls does not need them",
                handler);
    finding_advise(finding, "%s", ways_out);
    answer_broken(view, finding, LEFTOVER_LOW_HANDLER, WEIGHT_OBSERVED);
    answer_left(finding, finding->severity == SEVERITY_NOTE ? SEVERITY_NOTE : SEVERITY_WARNING);
}

int rule_handler(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    const struct rom_entry *entry = view->entry;
    struct finding finding = finding_about(RULE_E9, "handler", "H3");
    unsigned exception = 0;
    bool from_handler = walk_from_handler(view->firmware, entry->pc, &exception);

    finding.pc = entry->pc;
    finding.frames = entry->frames;
    if (entry->isr) {
        bool known = walk_from_handler(view->firmware, entry->root, &exception);
        judge_in_handler(view, exception, known, &finding);
    } else if (from_handler) {
        judge_reached(view, exception, &finding);
    } else if (entry->origin == ORIGIN_RESET) {
        finding_say(&finding, "it is on the way from the reset, in thread mode, and no handler of "
                              "the vector table leads here by direct calls");
        answer_ok(view, &finding);
    } else {
        finding_say(&finding, "no handler of the vector table leads here by direct calls");
        finding_advise(&finding, "a call through a pointer may come from one: a callback of a "
                                 "driver, for example");
        answer_left(&finding, SEVERITY_NOTE);
    }
    return findings_add(findings, &finding, problem);
}
