// fuzz.h: what the fuzz targets share: the call that libFuzzer makes, and bytes that have a path.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FUZZ_H
#define BOOTLEAP_TESTS_FUZZ_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libFuzzer calls this for each input, and so does replay.c. Every target defines it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// A file in memory that holds these bytes: its path is good until scratch_close(). Never fails:
// a fuzz run that cannot make one ends.
struct scratch {
    int fd;
    char path[32];
};

struct scratch scratch_open(const uint8_t *bytes, size_t size);
void scratch_close(struct scratch *scratch);

// Ends the process unless this is what the user is promised for an input that cannot be used: exit
// code 1 or 2, and words that say why.
void fuzz_check_refusal(int error, const struct problem *problem);

#endif
