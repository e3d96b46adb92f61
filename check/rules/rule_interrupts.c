// rule_interrupts.c: E5: is SysTick stopped, are the NVIC's lines and the fault handlers disabled?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "history.h"
#include "interrupt_sources.h"
#include "registers.h"

#include <stdio.h>

enum {
    MOST_NAMED = 3,
    LIST_ROOM = 64,
    SHCSR_FAULTS = 0x70000, // MEMFAULTENA, BUSFAULTENA, USGFAULTENA
    SHCSR_SECURE_FAULT = 1 << 19,
};

// The last store that stopped SysTick before this one started it again; NULL: none.
static const struct event *stopped_before(const struct rom_entry *entry, const struct event *start)
{
    const struct event *store = history_store(entry, SYST_CSR, start);

    while (store && (value_most(&store->value) & SYSTICK_ENABLE)) {
        store = history_store(entry, SYST_CSR, store);
    }
    return store;
}

// The last store that set ENABLE: what comes behind it may only have changed other bits.
static const struct event *started(const struct rom_entry *entry)
{
    const struct event *store = history_store(entry, SYST_CSR, NULL);

    while (store && !(store->value.bits & SYSTICK_ENABLE)) {
        store = history_store(entry, SYST_CSR, store);
    }
    return store;
}

static void say_ticking(const struct rule_view *view, bool interrupts, struct finding *finding)
{
    const struct event *start = started(view->entry);
    const struct event *stop = start ? stopped_before(view->entry, start) : NULL;
    const char *how = interrupts ? ", and its interrupt is on" : "";
    char calls[CALLS_ROOM], place[IMAGE_NAME_ROOM];

    if (!start) {
        finding_say(finding, "SysTick runs%s", how);
        return;
    }
    finding->pc = start->pc;
    finding->frames = start->frames;
    history_calls(view->firmware, start->frames, start->pc, calls);
    if (!stop) {
        finding_say(finding, "SysTick runs%s: %s starts it, and nothing stops it before the branch",
                    how, calls);
        return;
    }
    firmware_place(view->firmware, stop->pc, place);
    finding_say(finding, "SysTick runs%s: %s stops it, and %s starts it again", how, place, calls);
}

static int add_systick(const struct rule_view *view, struct findings *findings,
                       struct problem *problem)
{
    const struct event *store = history_store(view->entry, SYST_CSR, NULL);
    struct value control = history_register(view->entry, SYST_CSR, 0);
    struct finding finding = finding_about(RULE_E5, "systick", "H7");
    bool interrupts = control.bits & SYSTICK_TICKINT;

    finding.pc = store ? store->pc : view->entry->pc;
    finding.frames = store ? store->frames : view->entry->frames;
    finding_advise(&finding, "write 0 to SysTick->CTRL after the last call that may start it "
                             "again, right before the branch");
    if (control.bits & SYSTICK_ENABLE) {
        say_ticking(view, interrupts, &finding);
        answer_broken(view, &finding, interrupts ? LEFTOVER_SYSTICK_INTERRUPT : LEFTOVER_SYSTICK,
                      WEIGHT_OBSERVED);
    } else if (control.known & SYSTICK_ENABLE) {
        finding_say(&finding, store ? "SysTick is off" : "SysTick is off, as after a reset");
        answer_ok(view, &finding);
    } else if (history_is_left(&control)) {
        finding_say(&finding, "SysTick is as it was found: nothing on the way here stops it");
        answer_left(&finding, SEVERITY_NOTE);
    } else {
        finding.fix[0] = '\0';
        finding_say(&finding, "whether SysTick runs is not known");
        answer_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}

// The lines of this word that the row's NVIC has.
static uint32_t existing(const struct device *device, unsigned word)
{
    unsigned first = 32 * word;

    if (device->interrupts >= first + 32) {
        return UINT32_MAX;
    }
    return device->interrupts > first ? (UINT32_C(1) << (device->interrupts - first)) - 1 : 0;
}

// What is known of all lines.
struct lines {
    unsigned on;           // how many are enabled
    bool unknown, left;    // of some line it is not known; because it is as it was found
    unsigned first_word;   // with one that is enabled
    char names[LIST_ROOM]; // "3, 37 and 2 more"
};

static void name_lines(uint32_t bits, unsigned word, struct lines *lines)
{
    for (unsigned bit = 0; bit < 32; bit++) {
        if (!(bits >> bit & 1u)) {
            continue;
        }
        if (lines->on++ < MOST_NAMED) {
            size_t used = 0;
            while (lines->names[used]) {
                used++;
            }
            snprintf(lines->names + used, LIST_ROOM - used, "%s%u", used ? ", " : "",
                     32 * word + bit);
        }
    }
}

static struct lines look_at_lines(const struct rule_view *view)
{
    struct lines lines = {.left = true};

    for (unsigned word = 0; word < NVIC_WORDS; word++) {
        const struct value *enabled = &view->entry->core.enabled[word];
        uint32_t exist = existing(view->device, word), on = enabled->bits & exist;
        if (on && !lines.on) {
            lines.first_word = word;
        }
        name_lines(on, word, &lines);
        if (exist & ~enabled->known) {
            lines.unknown = true;
            lines.left &= history_is_left(enabled) || view->entry->origin == ORIGIN_APPLICATION;
        }
    }
    return lines;
}

// Of the last store that enabled lines of this word, and whether lines were disabled before it.
static void say_enabled(const struct rule_view *view, const struct lines *lines,
                        struct finding *finding)
{
    uint32_t set = NVIC_ISER + 4 * lines->first_word, clear = NVIC_ICER + 4 * lines->first_word;
    const struct event *on = history_store(view->entry, set, NULL);
    const struct event *off = on ? history_store(view->entry, clear, on) : NULL;
    const char *verb = lines->on == 1 ? "is" : "are", *plural = lines->on == 1 ? "" : "s";
    char calls[CALLS_ROOM], more[32] = "";

    if (lines->on > MOST_NAMED) {
        snprintf(more, sizeof more, " and %u more", lines->on - MOST_NAMED);
    }
    if (!on) {
        finding_say(finding, "interrupt%s %s%s %s enabled at the NVIC", plural, lines->names, more,
                    verb);
        return;
    }
    finding->pc = on->pc;
    finding->frames = on->frames;
    history_calls(view->firmware, on->frames, on->pc, calls);
    finding_say(finding, "interrupt%s %s%s %s enabled at the NVIC%s: by %s", plural, lines->names,
                more, verb,
                !off             ? ""
                : lines->on == 1 ? " after it was disabled"
                                 : " after they were disabled",
                calls);
}

// Whether nothing can raise them: all peripherals are as a reset left them, and nothing is pending.
static bool cannot_rise(const struct rule_view *view)
{
    const struct rom_entry *entry = view->entry;
    uint32_t address, pending = 0;

    for (unsigned word = 0; word < NVIC_WORDS; word++) {
        pending |= value_most(&entry->core.pending[word]) & existing(view->device, word);
    }
    return entry->origin == ORIGIN_RESET && !pending && !history_last(entry, EVENT_UNKNOWN) &&
           !interrupt_source_written(view->device, &entry->memory, &address);
}

static void advise_disabling(const struct device *device, struct finding *finding)
{
    unsigned last = (device->interrupts - 1) / 32;
    char words[32] = "";

    if (last) {
        snprintf(words, sizeof words, " to ICER[%u]", last);
    }
    finding_advise(finding,
                   "write 0xFFFFFFFF to NVIC->ICER[0]%s after the last call that may enable an "
                   "interrupt",
                   words);
}

static int add_enabled(const struct rule_view *view, struct findings *findings,
                       struct problem *problem)
{
    struct lines lines = look_at_lines(view);
    struct finding finding = finding_about(RULE_E5, "interrupts", "H6");

    finding.pc = view->entry->pc;
    finding.frames = view->entry->frames;
    advise_disabling(view->device, &finding);
    if (lines.on) {
        say_enabled(view, &lines, &finding);
        answer_broken(view, &finding, LEFTOVER_ENABLED_INTERRUPTS,
                      cannot_rise(view) ? WEIGHT_HARMLESS : WEIGHT_OBSERVED);
    } else if (!lines.unknown) {
        finding_say(&finding, "no interrupt is enabled at the NVIC");
        answer_ok(view, &finding);
    } else if (lines.left) {
        finding_say(&finding, "interrupts are enabled as they were found: not all words of ICER "
                              "are written on the way here");
        answer_left(&finding, SEVERITY_NOTE);
    } else {
        finding.fix[0] = '\0';
        finding_say(&finding, "which interrupts are enabled is not known");
        answer_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}

// Armv6-M has no handlers of faults that software enables.
static bool has_fault_handlers(enum core core)
{
    return core != CORE_M0 && core != CORE_M0PLUS;
}

static int add_fault_handlers(const struct rule_view *view, struct findings *findings,
                              struct problem *problem)
{
    const struct event *store = history_store(view->entry, SCB_SHCSR, NULL);
    struct value control = history_register(view->entry, SCB_SHCSR, 0);
    const uint32_t faults = SHCSR_FAULTS | SHCSR_SECURE_FAULT;
    struct finding finding = finding_about(RULE_E5, "fault handlers", "H6");

    finding.pc = store ? store->pc : view->entry->pc;
    finding.frames = store ? store->frames : view->entry->frames;
    finding_advise(&finding, "write 0 to SCB->SHCSR before the branch");
    if (control.bits & faults) {
        finding_say(&finding, "handlers of faults are enabled (SHCSR)");
        answer_broken(view, &finding, LEFTOVER_FAULT_HANDLERS, WEIGHT_OBSERVED);
    } else if ((control.known & faults) == faults) {
        finding_say(&finding, "no fault has a handler of its own (SHCSR)");
        answer_ok(view, &finding);
    } else if (history_is_left(&control)) {
        finding_say(&finding, "handlers of faults are enabled as they were found (SHCSR)");
        answer_left(&finding, SEVERITY_NOTE);
    } else {
        finding.fix[0] = '\0';
        finding_say(&finding, "whether handlers of faults are enabled (SHCSR) is not known");
        answer_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}

int rule_interrupts(const struct rule_view *view, struct findings *findings,
                    struct problem *problem)
{
    int error = add_systick(view, findings, problem);

    if (!error) {
        error = add_enabled(view, findings, problem);
    }
    if (!error && has_fault_handlers(view->device->core)) {
        error = add_fault_handlers(view, findings, problem);
    }
    return error;
}
