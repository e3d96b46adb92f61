// rule_cache.c: E7: whether the request gets out of the data cache before the reset.
// SPDX-License-Identifier: MIT
//
// A reset throws dirty lines of the data cache away (Armv7-M ARM, "Cache behavior at reset").
#include "cache.h"
#include "findings.h"
#include "request.h"
#include "request_place.h"
#include "rule.h"
#include "start_up.h"

static void set(struct finding *finding, enum verdict verdict, enum severity severity,
                const char *ground)
{
    finding->verdict = verdict;
    finding->severity = severity;
    finding->ground = ground;
}

static const char *const CLEAN = "call SCB_CleanDCache_by_Addr() for the word, or "
                                 "SCB_DisableDCache(), between the store and the reset";

static void say_cached(const struct rule_view *view, const struct request *request,
                       const char *name, struct finding *finding)
{
    enum whether cleaned = cache_is_cleaned(request);
    bool certain = cache_is_on(view->firmware, request) == WHETHER_YES;
    char place[IMAGE_NAME_ROOM];

    firmware_place(view->firmware, request->stored->pc, place);
    if (cleaned == WHETHER_YES) {
        set(finding, VERDICT_OK, SEVERITY_OK, "");
        finding_say(finding, "the cache line of %s is cleaned between its store and the reset",
                    name);
        return;
    }
    finding->pc = request->stored->pc;
    finding->frames = request->site->frames;
    finding_advise(finding, "%s", CLEAN);
    if (cleaned == WHETHER_UNKNOWN || cache_has_regions(request)) {
        set(finding, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "");
        finding_say(finding,
                    "whether the request that %s stores to %s gets out of the data cache "
                    "was not decided: %s",
                    place, name,
                    cleaned == WHETHER_UNKNOWN ? "the address that is cleaned is not known"
                                               : "the MPU is on, and may exclude this RAM");
        return;
    }
    set(finding, VERDICT_BROKEN, certain ? SEVERITY_ERROR : SEVERITY_WARNING,
        certain ? "must" : "");
    finding_say(finding,
                "%s stores the request to %s %s, and nothing cleans its line before the reset, "
                "which throws it away",
                place, name,
                certain ? "with the data cache on"
                        : "while the data cache may be on, which this program can switch on");
}

static void say(const struct rule_view *view, const struct request *request,
                struct finding *finding)
{
    const struct ram *ram;
    enum place place = request_place(view->device, request, &ram);
    char name[128];

    request_name(view->firmware, request->address, name, sizeof name);
    if (place == PLACE_UNKNOWN || (place == PLACE_RAM && !request->stored)) {
        finding_say(finding, "whether the request in %s gets out of the data cache was not decided",
                    name);
        finding_advise(finding, "the program that stores it and resets decides it: look at that "
                                "image, too");
    } else if (place != PLACE_RAM || !cache_covers(ram)) {
        set(finding, VERDICT_OK, SEVERITY_OK, "");
        finding_say(finding, "the request in %s does not go through the data cache", name);
    } else if (cache_is_on(view->firmware, request) == WHETHER_NO) {
        set(finding, VERDICT_OK, SEVERITY_OK, "");
        finding_say(finding, "the data cache is off when the request is stored to %s", name);
    } else {
        say_cached(view, request, name, finding);
    }
    if (finding->verdict == VERDICT_OK && !view->finished) {
        set(finding, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "");
        finding_say(finding,
                    "not all ways were walked: on those that were, the request in %s gets "
                    "to its RAM",
                    name);
        finding_advise(finding, "bootleap-sim runs it");
    }
}

int rule_cache(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    struct finding finding = finding_about(RULE_E7, "cache", "");
    struct request request;

    if (!view->entry || !view->start_up || view->device->core != CORE_M7 ||
        !start_up_request(view->start_up, view->entry, &request) ||
        (request.is_mark && !request.stored)) { // it is not asked for by a reset
        return 0;
    }
    say(view, &request, &finding);
    return findings_add(findings, &finding, problem);
}
