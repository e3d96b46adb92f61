// rule_control.c: E2: is CONTROL 0, has an ISB followed, and is the FPU off?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "core_parts.h"
#include "history.h"
#include "interrupt_sources.h"
#include "registers.h"

#include <stdio.h>

enum {
    CONTROL_NPRIV = 1,
    CONTROL_SPSEL = 2,
    CONTROL_FPCA = 4,
    CPACR_FPU = 0xF << 20, // CP10 and CP11
    FPCCR_LSPACT = 1,
};
#define FPCCR UINT32_C(0xE000EF34)

static void judge_set(const struct rule_view *view, struct finding *finding)
{
    bool unprivileged =
        core_has_privilege(view->device->core) && view->entry->core.control.bits & CONTROL_NPRIV;

    if (unprivileged) {
        finding_say(finding, "CONTROL.nPRIV is 1: the ROM starts without privilege, and may not "
                             "write the NVIC, SysTick and VTOR");
        finding_advise(finding, "enter from privileged code: by SVC, or through a reset");
        answer_broken(view, finding, LEFTOVER_UNPRIVILEGED, WEIGHT_FATAL);
        if (core_may_lack_privilege(view->device->core) && finding->severity > SEVERITY_WARNING) {
            finding->severity = SEVERITY_WARNING;
            finding->ground = "";
        }
        return;
    }
    finding_say(finding, "CONTROL.SPSEL is 1: the ROM runs on PSP, the stack of a task, and not on "
                         "MSP");
    finding_advise(finding, "write 0 to CONTROL, then ISB, before MSR MSP and the branch");
    answer_broken(view, finding, LEFTOVER_PROCESS_STACK, WEIGHT_OBSERVED);
}

// Whether interrupts are unmasked after CONTROL was written, and one may be pending then: taking it
// synchronises as an ISB does.
static bool may_take_exception(const struct rule_view *view, const struct event *written)
{
    const struct rom_entry *entry = view->entry;
    const struct event *event = entry->events;
    uint32_t address;

    while (event && event->number > written->number &&
           !(event->kind == EVENT_MASK && !(event->value.bits & 1u))) {
        event = event->before;
    }
    return event && event->number > written->number &&
           (entry->origin == ORIGIN_APPLICATION || history_last(entry, EVENT_UNKNOWN) ||
            memory_word(&entry->memory, SYST_CSR) ||
            interrupt_source_written(view->device, &entry->memory, &address));
}

static void judge_clear(const struct rule_view *view, struct finding *finding)
{
    const struct event *written = history_last(view->entry, EVENT_CONTROL);

    if (!view->entry->core.barrier_missing) {
        finding_say(finding, "CONTROL is 0%s", written ? ", and an ISB has followed" : "");
        answer_ok(view, finding);
        return;
    }
    finding_advise(finding, "put an ISB behind the write of CONTROL (__ISB())");
    if (written && may_take_exception(view, written)) {
        finding_say(finding, "CONTROL is 0, and no ISB follows its write: only an interrupt that "
                             "is taken before the branch does the same");
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    finding_say(finding, "CONTROL is 0, and no ISB follows its write: until one does, the core may "
                         "still use the other stack");
    answer_broken(view, finding, LEFTOVER_NO_ISB, WEIGHT_OBSERVED);
}

// The function that makes tasks run on PSP, as far as one instruction tells.
static bool name_writer(const struct firmware *firmware, char name[IMAGE_NAME_ROOM])
{
    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        const struct code_site *site = &firmware->scan.sites[i];
        if (site->kind == SITE_MSR_PSP || site->kind == SITE_MSR_CONTROL) {
            firmware_name(firmware, site->address, name);
            return true;
        }
    }
    return false;
}

static void judge_left(const struct rule_view *view, struct finding *finding)
{
    char root[IMAGE_NAME_ROOM], writer[IMAGE_NAME_ROOM] = "";

    firmware_name(view->firmware, view->entry->root, root);
    if (!view->writes_control) {
        finding_say(finding,
                    "CONTROL is as %s found it. No instruction of this program writes "
                    "CONTROL or PSP, so it is 0 as after a reset, unless what started the "
                    "program left it otherwise",
                    root);
        answer_left(finding, SEVERITY_NOTE);
        return;
    }
    bool named = name_writer(view->firmware, writer);
    finding_say(finding,
                "CONTROL is as %s found it. If a task of the RTOS comes here, it runs on "
                "PSP%s%s%s, and so does the ROM",
                root, named ? " (" : "", writer, named ? " writes CONTROL or PSP)" : "");
    finding_advise(finding, "write 0 to CONTROL, then ISB, before MSR MSP and the branch");
    answer_left(finding, SEVERITY_WARNING);
}

static int add_control(const struct rule_view *view, struct findings *findings,
                       struct problem *problem)
{
    const struct value *control = &view->entry->core.control;
    const struct event *written = history_last(view->entry, EVENT_CONTROL);
    const uint32_t asked =
        core_has_privilege(view->device->core) ? CONTROL_NPRIV | CONTROL_SPSEL : CONTROL_SPSEL;
    struct finding finding = finding_about(RULE_E2, "control", "H2");

    finding.pc = written ? written->pc : view->entry->pc;
    finding.frames = written ? written->frames : view->entry->frames;
    if (control->bits & asked) {
        judge_set(view, &finding);
    } else if ((control->known & asked) == asked) {
        judge_clear(view, &finding);
    } else if (control->known & CONTROL_SPSEL && written) {
        finding_say(&finding, "CONTROL.SPSEL is 0, and nPRIV is as it was found");
        finding_advise(&finding, "write 0 to CONTROL, then ISB");
        answer_left(&finding, SEVERITY_NOTE);
    } else if (history_is_left(control) || (!written && view->entry->origin != ORIGIN_RESET)) {
        judge_left(view, &finding);
    } else {
        finding_say(&finding, "whether the ROM runs on MSP or PSP (CONTROL.SPSEL) is not known");
        answer_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}

// The last store that may have turned the FPU on; NULL: none.
static const struct event *turned_on(const struct rom_entry *entry)
{
    const struct event *store = history_store(entry, SCB_CPACR, NULL);

    while (store && !(value_most(&store->value) & CPACR_FPU)) {
        store = history_store(entry, SCB_CPACR, store);
    }
    return store;
}

// Whether a floating-point context may be active though the FPU is off: it was on, and CONTROL was
// not written since.
static bool may_have_context(const struct rom_entry *entry)
{
    const struct event *on = turned_on(entry), *control = history_last(entry, EVENT_CONTROL);

    return !(entry->core.control.known & CONTROL_FPCA) ||
           (on && (!control || control->number < on->number));
}

static void judge_fpu_off(const struct rule_view *view, struct finding *finding)
{
    const struct rom_entry *entry = view->entry;
    struct value stacking = history_register(entry, FPCCR, 0);

    if (entry->core.control.bits & CONTROL_FPCA) {
        finding_say(finding, "a floating-point context is active (CONTROL.FPCA is 1)");
        finding_advise(finding, "write 0 to CONTROL, then ISB");
        answer_broken(view, finding, LEFTOVER_FP_CONTEXT, WEIGHT_OBSERVED);
    } else if (may_have_context(entry)) {
        finding_say(finding, "the FPU is off (CPACR): whether a floating-point context is still "
                             "active (CONTROL.FPCA) is not known");
        finding_advise(finding, "write 0 to CONTROL, then ISB");
        answer_unknown(view, finding);
    } else if (entry->origin == ORIGIN_APPLICATION && !(stacking.known & FPCCR_LSPACT)) {
        finding_say(finding, "the FPU is off (CPACR); whether registers of it wait to be stacked "
                             "(FPCCR.LSPACT) is as it was found");
        finding_advise(finding, "write 0 to bit 0 of FPCCR (0xE000EF34)");
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "the FPU is off");
        answer_ok(view, finding);
    }
}

static int add_fpu(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    const struct rom_entry *entry = view->entry;
    const struct event *written = history_store(entry, SCB_CPACR, NULL);
    struct value access = history_register(entry, SCB_CPACR, 0);
    struct finding finding = finding_about(RULE_E2, "fpu", "H2");
    char place[IMAGE_NAME_ROOM] = "something";

    if (written) {
        firmware_place(view->firmware, written->pc, place);
    }
    finding.pc = written ? written->pc : entry->pc;
    finding.frames = written ? written->frames : entry->frames;
    if (access.bits & CPACR_FPU) {
        finding_say(&finding, "the FPU is on: %s writes CPACR", place);
        finding_advise(&finding, "write 0 to CPACR (SCB->CPACR = 0) and to CONTROL, then ISB, or "
                                 "enter before SystemInit() runs");
        answer_broken(view, &finding, LEFTOVER_FPU, WEIGHT_OBSERVED);
    } else if ((access.known & CPACR_FPU) == CPACR_FPU) {
        judge_fpu_off(view, &finding);
    } else if (history_is_left(&access)) {
        finding_say(&finding, "the FPU is as it was found (CPACR)");
        finding_advise(&finding, "write 0 to CPACR and to CONTROL, then ISB");
        answer_left(&finding, SEVERITY_NOTE);
    } else {
        finding_say(&finding, "whether the FPU is on (CPACR) is not known");
        answer_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}

int rule_control(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    int error = add_control(view, findings, problem);

    if (error || !core_has_fpu(view->device->core)) {
        return error;
    }
    return add_fpu(view, findings, problem);
}
