// rule.h: what each rule is asked: one entry, on one row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_RULE_H
#define BOOTLEAP_CHECK_RULE_H

#include "finding.h"
#include "walk.h"

struct start_up;

struct rule_view {
    const struct device *device;
    const struct firmware *firmware;
    const struct walk *walk;
    const struct rom_entry
        *entry;          // one of walk->entries; NULL for rules that are about the program
    bool finished;       // the walk that found it came to its end: only then may it be ok
    bool writes_control; // the program writes CONTROL or PSP somewhere
    // What start_up_run() found of this walk, for E6, E7, E8 and B1; NULL: they say nothing.
    const struct start_up *start_up;
};

// Each answers its questions, one finding a question. Returns 0, or the exit code that was put into
// *problem. E6 is asked of each entry and, without one, once more of the program; E8 and B1 of the
// program alone.
int rule_target(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_stack(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_control(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_masks(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_vectors(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_interrupts(const struct rule_view *view, struct findings *findings,
                    struct problem *problem);
int rule_pending(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_request(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_cache(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_after_go(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_handler(const struct rule_view *view, struct findings *findings, struct problem *problem);
int rule_bootleap(const struct rule_view *view, struct findings *findings, struct problem *problem);

#endif
