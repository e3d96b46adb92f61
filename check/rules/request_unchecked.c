// request_unchecked.c: finds resets that come with a request which nothing checks.
// SPDX-License-Identifier: MIT
#include "request_unchecked.h"

#include "findings.h"
#include "request.h"
#include "start_up.h"

// In a task or a handler, where the walk from the reset does not come.
static bool is_checked_elsewhere(const struct rule_view *view, uint32_t address)
{
    struct request other;

    for (size_t i = 0; i < view->walk->entry_count; i++) {
        if (start_up_request(view->start_up, &view->walk->entries[i], &other) &&
            other.address == address) {
            return true;
        }
    }
    return false;
}

// Start-up code sets it up: it is a variable like others.
static bool is_set_up(const struct rule_view *view, const struct request *request)
{
    const struct start_up_word *word = start_up_word(view->start_up, request->address);

    return word && word->first_pc && word->first_pc != request->stored->pc;
}

static bool is_checked(const struct rule_view *view, const struct request *request)
{
    const struct start_up_word *word = start_up_word(view->start_up, request->address);

    return !word || word->unfinished || word->kept + word->written + word->unsure > 0 ||
           is_checked_elsewhere(view, request->address);
}

// The request that this reset comes with, if nothing checks it. False: it comes with one that is
// checked, or with none.
static bool find(const struct rule_view *view, const struct reset_site *site,
                 struct request *unchecked)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;
    struct request request;
    bool found = false;

    for (size_t i = 0; request_of_site(view->firmware, site, i, &request); i++) {
        if (!request_is_on_purpose(view->firmware, &request) || is_set_up(view, &request)) {
            continue;
        }
        if (request.in_backup || is_checked(view, &request) ||
            (bootleap->found && request.address - bootleap->mark < 8)) {
            return false;
        }
        *unchecked = request;
        found = true;
    }
    return found;
}

static int say(const struct rule_view *view, const struct request *request,
               struct findings *findings, struct problem *problem)
{
    struct finding finding = finding_about(RULE_E6, "request", "");
    char place[IMAGE_NAME_ROOM], name[128];
    bool is_first = view->firmware->vectors == view->device->flash.start;
    bool enters = view->walk->entry_count != 0;

    firmware_place(view->firmware, request->stored->pc, place);
    request_name(view->firmware, request->address, name, sizeof name);
    finding.verdict = VERDICT_BROKEN;
    finding.severity = is_first && enters ? SEVERITY_WARNING : SEVERITY_NOTE;
    finding.pc = request->stored->pc;
    finding.frames = request->site->frames;
    finding_say(&finding,
                "%s stores 0x%X to %s before a reset, and nothing on the way from the "
                "reset checks it",
                place, (unsigned)request->value, name);
    finding_advise(&finding, !enters    ? "if it asks for the ROM, check the word at the start of "
                                          "Reset_Handler, and jump"
                             : is_first ? "check the word at the start of Reset_Handler, and jump"
                                        : "the loader before this image has to check it");
    return findings_add(findings, &finding, problem);
}

int request_unchecked(const struct rule_view *view, struct findings *findings,
                      struct problem *problem)
{
    struct request request;

    if (!view->walk->reset_finished) {
        return 0;
    }
    for (size_t i = 0; i < view->walk->reset_count; i++) {
        const struct reset_site *site = &view->walk->resets[i];
        if (site->origin == ORIGIN_APPLICATION && find(view, site, &request)) {
            int error = say(view, &request, findings, problem);
            if (error) {
                return error;
            }
        }
    }
    return 0;
}
