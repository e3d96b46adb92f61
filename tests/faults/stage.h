// stage.h: where the tool's output goes while a campaign runs, and where the campaign's own does.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_STAGE_H
#define BOOTLEAP_TESTS_STAGE_H

#include <stdbool.h>
#include <stdio.h>

enum { STAGE_FOLDER_BYTES = 32 };

struct stage {
    FILE *report;                    // what was stdout
    char folder[STAGE_FOLDER_BYTES]; // for image files
};

// The tool's stdout goes nowhere from now on, its stderr into a file without a name.
bool stage_set(struct stage *stage);
void stage_clear(struct stage *stage);

#endif
