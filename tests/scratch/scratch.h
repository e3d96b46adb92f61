// scratch.h: where tests put what they throw away.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_SCRATCH_H
#define BOOTLEAP_TESTS_SCRATCH_H

#include <stdbool.h>

enum { SCRATCH_BYTES = 300 };

// Makes a folder that nobody else has; the caller removes it. False where there can be none.
bool scratch_folder(char path[SCRATCH_BYTES]);

// A file that takes everything and keeps nothing.
const char *scratch_nowhere(void);

#endif
