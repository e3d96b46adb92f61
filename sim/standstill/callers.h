// callers.h: who called the function that runs, as far as return addresses tell.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CALLERS_H
#define BOOTLEAP_SIM_CALLERS_H

#include "chip.h"
#include "image.h"

#include <stddef.h>
#include <stdint.h>

enum { CALLERS_MOST = 4 };

// Where the core was, or is.
struct call_site {
    uint32_t pc, lr, sp;
};

// Addresses of the calls that lead to `site`, the innermost first. Each is told by a return
// address, in LR or on the stack, behind a call of this very function; behind a call through a
// pointer only in LR. Returns how many were found.
size_t callers_find(struct chip *chip, const struct image *image, struct call_site site,
                    uint32_t callers[CALLERS_MOST]);

// What the handler that runs has interrupted, where its EXC_RETURN is still in LR or near SP. False
// where it was not found.
bool callers_interrupted(struct chip *chip, struct call_site handler,
                         struct call_site *interrupted);

#endif
