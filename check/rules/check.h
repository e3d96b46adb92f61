// check.h: all that is to say of a program: its entries with their findings, and those of no entry.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_H
#define BOOTLEAP_CHECK_CHECK_H

#include "check_points.h"
#include "finding.h"
#include "walk.h"

// A branch into a ROM from one origin: what holds on every way there, on every row that fits.
struct checked_entry {
    uint32_t pc;
    enum entry_origin origin;
    uint32_t root;
    bool finished;
    bool says_nothing; // that another entry does not say better; not shown, and none in the end
    const struct frame *frames;
    struct findings findings;
    enum point_state points[CHECK_POINTS]; // [0] is H1
};

struct check {
    const struct firmware *firmware;
    const struct device **rows; // that fit, or the one that was named
    size_t row_count;
    struct effort effort; // that is left for walks
    struct walk *walks;   // one for each chip that rows share
    size_t walk_count;
    struct checked_entry *entries;
    size_t entry_count;
    struct findings findings; // of no entry
    unsigned counts[SEVERITY_ERROR + 1];
    char chip[480]; // what the program cannot do on this chip, and what to do instead; ""
};

// `device` NULL: all rows that fit. Returns 0, or the exit code that was put into *problem.
int check_run(struct check *check, const struct firmware *firmware, const struct device *device,
              struct problem *problem);

// The same with less effort: what is walked with *effort.
int check_run_within(struct check *check, const struct firmware *firmware,
                     const struct device *device, const struct effort *effort,
                     struct problem *problem);

void check_close(struct check *check);

#endif
