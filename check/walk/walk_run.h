// walk_run.h: walks a program from its reset and from functions of it, and finds its entries.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_WALK_RUN_H
#define BOOTLEAP_CHECK_WALK_RUN_H

#include "problem.h"
#include "walk.h"

// Whether the program writes CONTROL or PSP somewhere.
bool walk_writes_control(const struct firmware *firmware);

// Walks from the reset vector, from functions that may enter a ROM or reset the chip, and from two
// levels of their callers, as long as there is some effort left. Returns 0, or the exit code that
// was put into *problem. *effort stays where it is until the walk is closed.
int walk_run(struct walk *walk, const struct firmware *firmware, const struct walk_chip *chip,
             struct effort *effort, struct problem *problem);

// Walks as `walk` did from the reset alone, with words watched; *finished says whether that walk
// came to its end. Returns 0, or the exit code that was put into *problem.
int walk_watch(const struct walk *walk, const struct watch *watch, bool *finished,
               struct problem *problem);

#endif
