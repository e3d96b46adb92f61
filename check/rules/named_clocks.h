// named_clocks.h: which RCC of which chips a program names: its address differs between series.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_NAMED_CLOCKS_H
#define BOOTLEAP_CHECK_NAMED_CLOCKS_H

#include "devices.h"
#include "firmware.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAMED_CLOCKS = 32 };

// The RCCs of the table whose registers are in literals of the program, or in a MOVW with its MOVT.
struct named_clocks {
    uint32_t starts[NAMED_CLOCKS];
    unsigned times[NAMED_CLOCKS]; // how often each is named
    unsigned most;                // ... the one that is named most often
    size_t count;
};

void named_clocks_find(struct named_clocks *clocks, const struct firmware *firmware);

// Whether a program that names these may be for this row: its own RCC is one of them, and where the
// others are it has peripherals, too. It may be where none is named, or nobody has typed the RCC.
bool named_clocks_fit(const struct named_clocks *clocks, const struct device *device);

#endif
