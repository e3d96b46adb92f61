// nothing_found.c: says what was looked for in a program without an entry, and what to try.
// SPDX-License-Identifier: MIT
#include "nothing_found.h"

#include "json_value.h"
#include "text_draft.h"

#include <stdio.h>

static unsigned count(const struct code_scan *scan, enum code_site_kind kind)
{
    unsigned found = 0;

    for (size_t i = 0; i < scan->site_count; i++) {
        found += scan->sites[i].kind == kind;
    }
    return found;
}

static void say_seen(const struct code_scan *scan, char *text, size_t size)
{
    static const struct {
        enum code_site_kind kind;
        const char *name;
    } kinds[] = {{SITE_ROM_NUMBER, "an address of a ROM"},
                 {SITE_MSR_MSP, "MSR MSP"},
                 {SITE_SET_SP, "MOV SP or LDR SP"},
                 {SITE_MSR_CONTROL, "MSR CONTROL"},
                 {SITE_RESET, "a reset by AIRCR"}};
    struct text_draft draft = {text, size};

    text[0] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        text_say(&draft, "%s%s: %u", i ? ", " : "", kinds[i].name, count(scan, kinds[i].kind));
    }
}

// The likeliest reason first.
static const char *suggest(const struct check *check)
{
    const struct code_scan *scan = &check->firmware->scan;

    if (!count(scan, SITE_ROM_NUMBER)) {
        return "is this the image that jumps? No number in it is an address of a ROM. A loader, or "
               "an application that is flashed apart, has an ELF of its own: check that one";
    }
    if (!check->firmware->has_vectors) {
        return "does the ELF have its vector table? None was found, so nothing is known of the "
               "reset";
    }
    return "does anything call the function that jumps? The linker leaves out what nobody calls. "
           "A jump whose address is computed from data that changes at run time is not found: "
           "`bootleap-sim run` runs the firmware, and says where it gets to";
}

json_t *nothing_found_pack(const struct check *check)
{
    bool finished = true;
    char seen[256];

    if (check->entry_count) {
        return json_null();
    }
    for (size_t i = 0; i < check->walk_count; i++) {
        finished =
            finished && check->walks[i].reset_finished && check->walks[i].application_finished;
    }
    say_seen(&check->firmware->scan, seen, sizeof seen);
    return json_pack(
        "{s:s, s:s, s:b, s:s}", "text",
        "no branch into a ROM was found: not on the path from the reset, and not in the "
        "functions that set a stack pointer, use an address of a ROM, or reset the chip",
        "seen", seen, "finished", finished, "try", suggest(check));
}
