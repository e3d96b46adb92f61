// request_unchecked.c: finds resets that come with a request which nothing checks.
// SPDX-License-Identifier: MIT
#include "request_unchecked.h"

#include "findings.h"
#include "request.h"
#include "start_up.h"

// Smaller numbers, and addresses, are stored for other reasons.
enum { LEAST_MAGIC = 0x10000 };

// Whether the number is an address on this chip.
static bool is_pointer(const struct rule_view *view, uint32_t value)
{
    for (const struct ram *ram = view->device->rams; ram && ram->region.size; ram++) {
        if (value - ram->region.start <= ram->region.size) {
            return true;
        }
    }
    for (const struct peripheral *one = view->device->peripherals; one && one->name; one++) {
        if (value - one->start < one->size) {
            return true;
        }
    }
    return code_map_bytes(&view->firmware->map, value & ~1u, 1) != NULL;
}

static bool is_magic(const struct rule_view *view, uint32_t value)
{
    return value >= LEAST_MAGIC && !is_pointer(view, value);
}

static bool same_function(const struct firmware *firmware, uint32_t a, uint32_t b)
{
    uint32_t start_a, start_b;

    return firmware_function(firmware, a, &start_a) && firmware_function(firmware, b, &start_b) &&
           start_a == start_b;
}

// Whether the function that stores also resets, or calls what does.
static bool is_near(const struct firmware *firmware, const struct request *request)
{
    if (same_function(firmware, request->stored->pc, request->site->pc)) {
        return true;
    }
    for (const struct frame *frame = request->site->frames; frame; frame = frame->caller) {
        if (same_function(firmware, request->stored->pc, frame->call)) {
            return true;
        }
    }
    return false;
}

static bool is_checked(const struct rule_view *view, uint32_t address)
{
    const struct start_up_word *word = start_up_word(view->start_up, address);

    return !word || word->kept + word->written + word->unsure > 0;
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
        if (!is_magic(view, request.value) || !is_near(view->firmware, &request)) {
            continue;
        }
        if (request.in_backup || is_checked(view, request.address) ||
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

    firmware_place(view->firmware, request->stored->pc, place);
    request_name(view->firmware, request->address, name, sizeof name);
    finding.verdict = VERDICT_BROKEN;
    finding.severity = is_first ? SEVERITY_WARNING : SEVERITY_NOTE;
    finding.pc = request->stored->pc;
    finding.frames = request->site->frames;
    finding_say(&finding,
                "%s stores 0x%X to %s before a reset, and nothing on the way from the "
                "reset checks it",
                place, (unsigned)request->value, name);
    finding_advise(&finding, is_first ? "check the word at the start of Reset_Handler, and jump"
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
