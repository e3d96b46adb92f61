// walk_run.h: walks a program from its reset and from functions of it, and finds its entries.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_WALK_RUN_H
#define BOOTLEAP_CHECK_WALK_RUN_H

#include "problem.h"
#include "walk.h"

// Walks from the reset vector, from functions that may enter a ROM or reset the chip, and from two
// levels of their callers. Returns 0, or the exit code that was put into *problem.
int walk_run(struct walk *walk, const struct firmware *firmware, const struct walk_chip *chip,
             struct problem *problem);

// Walks from the reset alone, with words watched. Returns 0, or the exit code that was put into
// *problem.
int walk_watch(const struct firmware *firmware, const struct walk_chip *chip,
               const struct watch *watch, struct problem *problem);

#endif
