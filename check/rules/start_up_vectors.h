// start_up_vectors.h: whether start-up code sets its vector table before it enables an interrupt.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_START_UP_VECTORS_H
#define BOOTLEAP_CHECK_START_UP_VECTORS_H

#include "start_up.h"

// Counts the way that ends at this event, if it is the first one that enables an interrupt.
void start_up_vectors_event(struct start_up_vectors *vectors, const struct walk *walk,
                            const struct event *event);

#endif
