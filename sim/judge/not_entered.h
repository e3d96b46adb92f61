// not_entered.h: why nothing entered the ROM, so that nothing was judged, and what to try.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NOT_ENTERED_H
#define BOOTLEAP_SIM_NOT_ENTERED_H

#include "advice_run.h"

enum { NOT_ENTERED_TEXT = 400 };

struct not_entered {
    const char *kind;              // one of those in docs/sim-json.md; NULL: something entered
    char what[NOT_ENTERED_TEXT];   // one sentence without its full stop
    char advice[NOT_ENTERED_TEXT]; // what to change or to try; "": nothing, or others tell
};

void not_entered_why(const struct advice_run *run, struct not_entered *why);

#endif
