// rule_pending.c: E5: can an exception be pending at the branch?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "history.h"
#include "interrupt_sources.h"
#include "registers.h"

#include <stdio.h>

enum { WORD_BITS = 32 };

// The time at which all words of pending lines had been cleared, each for the last time; 0: some
// never were.
static unsigned cleared_at(const struct rule_view *view)
{
    unsigned first = UINT32_MAX;

    for (unsigned word = 0; word * WORD_BITS < view->device->interrupts; word++) {
        const struct word *clear = memory_word(&view->entry->memory, NVIC_ICPR + 4 * word);
        if (!clear) {
            return 0;
        }
        first = clear->number < first ? clear->number : first;
    }
    return first;
}

enum pending { PENDING_NO, PENDING_YES, PENDING_UNKNOWN };

// With no interrupt masked, SysTick's and PendSV's exceptions are taken at once in thread mode:
// they have no enable bit, and are pending no more when the branch comes.
static bool takes_exceptions(const struct rom_entry *entry)
{
    const struct value *primask = &entry->core.primask, *basepri = &entry->core.basepri,
                       *faultmask = &entry->core.faultmask;

    return entry->origin == ORIGIN_RESET && primask->known & ~primask->bits & 1u &&
           faultmask->known & ~faultmask->bits & 1u && value_is_number(basepri) &&
           basepri->bits == 0;
}

// Of what software itself makes and unmakes: lines by ISPR and ICPR, SysTick and PendSV by ICSR.
static enum pending made_pending(const struct rule_view *view)
{
    const uint32_t both = (uint32_t)ICSR_PENDSTSET | (uint32_t)ICSR_PENDSVSET;
    uint32_t system = takes_exceptions(view->entry) ? 0 : both;
    struct value control = history_register(view->entry, SCB_ICSR, 0);
    bool unknown = (control.known & system) != system;

    if (control.bits & system) {
        return PENDING_YES;
    }
    for (unsigned word = 0; word * WORD_BITS < view->device->interrupts; word++) {
        const struct value *pending = &view->entry->core.pending[word];
        unsigned lines = view->device->interrupts - WORD_BITS * word;
        uint32_t exist = lines >= WORD_BITS ? UINT32_MAX : (UINT32_C(1) << lines) - 1;
        if (pending->bits & exist) {
            return PENDING_YES;
        }
        unknown |= (exist & ~pending->known) != 0;
    }
    return unknown ? PENDING_UNKNOWN : PENDING_NO;
}

static void judge_raised(const struct rule_view *view, const struct word *word, uint32_t address,
                         struct finding *finding)
{
    char place[IMAGE_NAME_ROOM];
    bool cleared = cleared_at(view) != 0;

    firmware_place(view->firmware, word->pc, place);
    finding->pc = word->pc;
    finding_say(finding, "%s: %s has written 0x%08X, whose peripheral may raise its interrupt %s",
                cleared ? "pending interrupts are cleared" : "no interrupt was made pending", place,
                (unsigned)address, cleared ? "again" : "at any time");
    finding_advise(finding, "reset that peripheral by RCC, then write 0xFFFFFFFF to NVIC->ICPR");
    answer_left(finding, SEVERITY_NOTE);
}

static void judge_not_made(const struct rule_view *view, struct finding *finding)
{
    const struct word *word;
    const struct event *call;
    char place[IMAGE_NAME_ROOM];
    uint32_t address;

    if (view->entry->origin == ORIGIN_APPLICATION) {
        finding_say(finding,
                    "pending interrupts are cleared, and peripherals that are as they were "
                    "found may raise them again");
        finding_advise(finding, "reset the peripherals by RCC before NVIC->ICPR is written");
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    call = history_last(view->entry, EVENT_UNKNOWN);
    if (call) {
        firmware_place(view->firmware, call->pc, place);
        finding_say(finding,
                    "pending interrupts are cleared, and peripherals that the call at %s may have "
                    "started may raise them again",
                    place);
        finding_advise(finding, "reset the peripherals by RCC before NVIC->ICPR is written");
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    word = interrupt_source_written(view->device, &view->entry->memory, &address);
    if (word) {
        judge_raised(view, word, address, finding);
        return;
    }
    finding_say(finding, "nothing on the way from the reset can have made an exception pending");
    answer_ok(view, finding);
}

// Whether nothing but SysTick leaves it open: it ran, and nobody knows whether it was at 0 just
// then.
static bool is_of_systick(const struct rule_view *view)
{
    struct value control = history_register(view->entry, SCB_ICSR, 0);

    for (unsigned word = 0; word * WORD_BITS < view->device->interrupts; word++) {
        if (~view->entry->core.pending[word].known) {
            return false;
        }
    }
    return control.known & ICSR_PENDSVSET && !history_last(view->entry, EVENT_UNKNOWN);
}

static void judge_unknown(const struct rule_view *view, struct finding *finding)
{
    if (view->entry->origin == ORIGIN_APPLICATION) {
        finding_say(finding, "exceptions are pending as they were found: not all of ICPR and ICSR "
                             "is written on the way here");
        finding_advise(finding, "write 0xFFFFFFFF to NVIC->ICPR, and PENDSTCLR to SCB->ICSR, "
                                "after the peripherals are reset");
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    finding_advise(finding, "write PENDSTCLR to SCB->ICSR after SysTick is stopped");
    if (is_of_systick(view)) {
        finding_say(finding,
                    "SysTick's exception may be pending: it depends on the moment at which "
                    "SysTick is stopped, and nothing clears it after that");
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    finding_say(finding, "SysTick's exception may be pending, or another one");
    answer_unknown(view, finding);
}

int rule_pending(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    struct finding finding = finding_about(RULE_E5, "pending", "H6");
    enum pending made = made_pending(view);

    finding.pc = view->entry->pc;
    finding.frames = view->entry->frames;
    if (made == PENDING_YES) {
        finding_say(&finding, "an exception was made pending, and nothing clears it before the "
                              "branch");
        finding_advise(&finding, "write 0xFFFFFFFF to NVIC->ICPR, and PENDSTCLR and PENDSVCLR to "
                                 "SCB->ICSR");
        answer_broken(view, &finding, LEFTOVER_PENDING_INTERRUPT, WEIGHT_OBSERVED);
    } else if (made == PENDING_NO) {
        judge_not_made(view, &finding);
    } else {
        judge_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}
