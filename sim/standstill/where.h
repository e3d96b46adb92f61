// where.h: where an application stands, and what it waits for, in a sentence and in words.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WHERE_H
#define BOOTLEAP_SIM_WHERE_H

#include "where_record.h"
#include "window.h"

// The application is in what the window has seen last. `image` may be NULL.
void where_look(struct window *window, const struct image *image, struct where *where);

// The core cannot go on, for a reason that the chip has.
void where_fault(struct chip *chip, const struct image *image, struct where *where);

// The core sleeps, and nothing in the chip can wake it.
void where_asleep(struct chip *chip, const struct image *image, struct where *where);

#endif
