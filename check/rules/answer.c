// answer.c: gives a finding its verdict, and the severity that the evidence gives it on this row.
// SPDX-License-Identifier: MIT
#include "answer.h"

#include "history.h"
#include "leftover_effect.h"

#include <stdio.h>

void answer_ok(const struct rule_view *view, struct finding *finding)
{
    if (!view->finished) {
        char text[FINDING_TEXT];

        snprintf(text, sizeof text, "%.440s", finding->text);
        finding_say(finding, "on the ways that were walked: %s", text);
        finding_advise(finding, "the walk ended at its limit of steps before it had seen every "
                                "way to this branch: run it in bootleap-sim");
        answer_unknown(view, finding);
        return;
    }
    finding->verdict = VERDICT_OK;
    finding->severity = SEVERITY_OK;
    finding->ground = "";
    finding->fix[0] = '\0';
}

// Observations with interrupts masked tell something only to who masks them, too.
static uint64_t left_besides(const struct rom_entry *entry)
{
    bool masked = entry->core.primask.bits & 1u;

    return masked ? UINT64_C(1) << LEFTOVER_MASKED_INTERRUPTS : 0;
}

void answer_broken(const struct rule_view *view, struct finding *finding, enum leftover leftover,
                   enum leftover_weight weight)
{
    struct leftover_question question = {
        .leftover = leftover,
        .left = left_besides(view->entry) | UINT64_C(1) << leftover,
        .fatal = weight == WEIGHT_FATAL,
        .harmless = weight == WEIGHT_HARMLESS,
    };
    struct leftover_effect effect;

    leftover_effect_find(view->device, &question, &effect);
    finding->verdict = VERDICT_BROKEN;
    finding->ground = leftover_ground_name(effect.ground);
    finding->severity = effect.kind == OUTCOME_SERVED    ? SEVERITY_NOTE
                        : effect.kind == OUTCOME_AT_RISK ? SEVERITY_WARNING
                                                         : SEVERITY_ERROR;
}

void answer_left(struct finding *finding, enum severity severity)
{
    finding->verdict = VERDICT_LEFT;
    finding->severity = severity;
    finding->ground = "";
}

void answer_unknown(const struct rule_view *view, struct finding *finding)
{
    const struct event *call = view->entry ? history_last(view->entry, EVENT_UNKNOWN) : NULL;
    char place[IMAGE_NAME_ROOM];

    finding->verdict = VERDICT_UNKNOWN;
    finding->severity = SEVERITY_UNKNOWN;
    finding->ground = "";
    if (finding->fix[0]) {
        return;
    }
    if (call) {
        firmware_place(view->firmware, call->pc, place);
        finding_advise(finding,
                       "what the call at %s does would decide it: it goes through a pointer, or "
                       "is too deep to be followed; bootleap-sim follows it",
                       place);
    } else {
        finding_advise(finding, "run it in bootleap-sim, which knows every value");
    }
}

bool answer_no_table(const struct rule_view *view, struct finding *finding)
{
    if (view->device->rom_vector) {
        return false;
    }
    finding_say(finding, "where the ROM of %s has its vector table is not known",
                view->device->name);
    finding_advise(finding, "no document of ST says it for this chip");
    answer_unknown(view, finding);
    return true;
}
