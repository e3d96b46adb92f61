// stage.h: what all campaigns share: rows, how many of the cases, where the output goes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_STAGE_H
#define BOOTLEAP_TESTS_STAGE_H

#include "chip.h"
#include "session_verb.h"

#include <stdio.h>

enum { STAGE_FOLDER_BYTES = 300, STAGE_ROW_BYTES = 64 };

// What all rows came to. What ended neither right nor silent ended with one message.
struct stage_sum {
    unsigned rows, cases, right, silent;
    unsigned outside, options; // bytes of flash, operations on option bytes and protection
    uint64_t longest_us;       // wait without a line
};

// While a campaign runs, the tool's stdout goes nowhere, its stderr into a file without a name.
struct stage {
    FILE *report;                    // what was stdout
    char folder[STAGE_FOLDER_BYTES]; // for image files
    unsigned every;                  // of so many cases one is run
    unsigned late_us;                // a delayed byte comes so long after the host has given up
    unsigned noise;                  // faults in 100,000 bytes; 0: one in a session
    unsigned seed;
    enum chip_errors errors;
    enum session_verb verb;
    const char *record; // name under which the sum is printed; NULL: it is not
    struct stage_sum sum;
};

// Runs one row. 0, or 1 when something is not as it should be.
typedef int stage_row(struct stage *stage, const char *row);

// Adds a row's sum.
void stage_add(struct stage *stage, const struct stage_sum *sum);

// Arguments: [--every N] [--late US] [--noise N] [--seed N] [--nack] [--verb VERB] [--record NAME]
// [--all | ROW...], with --all for each row (--layouts: for each layout of each row that has
// several) with a ROM that can be flashed, --nack for chips that answer NACK where flash refuses a
// write,
// --verb for another one than flash, and
// --record for a last line as docs/faults.md has it. The exit code of the program.
int stage_main(int argc, char **argv, stage_row *run_row);

#endif
