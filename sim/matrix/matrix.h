// matrix.h: `bootleap-sim matrix`: every device, every build of the firmware, every scenario.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_MATRIX_H
#define BOOTLEAP_SIM_MATRIX_H

#include "cell.h"
#include "matrix_digest.h"
#include "option_table.h"
#include "problem.h"

#include <stdbool.h>

enum {
    MATRIX_BUILDS = 64,
    MATRIX_PATH = 320,
};

// One way to compile the firmware: a folder with SLUG.elf for each device.
struct matrix_build {
    char name[64]; // "gcc-Os"
};

// What came of one scenario, or of all numbers of it, over all builds of one device.
struct tally {
    unsigned entered, refused, ran, failed;
};

// A cell that failed: as many as there is room for are kept.
struct failure {
    struct cell cell;
    char elf[MATRIX_PATH];
    char why[160];
};

enum { MATRIX_FAILURES = 32 };

// What one device came to.
struct matrix_row {
    const struct device *device;
    const char *why_not;     // why nothing of it was run; NULL: it was
    unsigned builds;         // that were there
    unsigned erasing_builds; // that were there and may erase the first page of flash
    struct tally groups[ENTRY_PATHS][GROUPS];
    uint64_t entry_instructions[ENTRY_PATHS]; // of what is measured, the fewest; 0: not entered
    uint64_t instructions;
    unsigned unmodelled; // cells that accessed a register that nobody models
    struct failure failures[MATRIX_FAILURES];
    unsigned failure_count; // that are kept
};

struct matrix {
    const char *folder;
    struct matrix_build builds[MATRIX_BUILDS];
    size_t build_count;
    struct matrix_row *rows; // as many as there are devices, shared with the workers
    const char *device;      // slug of the only one to run, or NULL
    const char *build;       // name of the only one to run, or NULL
    unsigned jobs;
    const char *resets;      // end of the names of builds that also get a reset at every
                             // instruction, or NULL
    bool paths[ENTRY_PATHS]; // that are run
    bool json;
    struct matrix_digest digest;
    double seconds;
};

// Its command line.
extern const struct option_table matrix_options;

// Reads the command line behind `matrix`. Returns 0, OPTION_HELP, or the exit code that is in
// *problem.
int matrix_parse(struct matrix *matrix, int argc, char **argv, struct problem *problem);

// Runs all cells, in `jobs` processes.
int matrix_run(struct matrix *matrix, struct problem *problem);
void matrix_close(struct matrix *matrix);

// Whether this device is one of those that are to be run.
bool matrix_runs(const struct matrix *matrix, const struct device *device);

// The sum over all devices, on one path and on both.
struct tally matrix_total_of(const struct matrix *matrix, enum entry_path path);
struct tally matrix_total(const struct matrix *matrix);

#endif
