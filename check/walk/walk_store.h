// walk_store.h: what events and frames live in until the walk is closed.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_WALK_STORE_H
#define BOOTLEAP_CHECK_WALK_STORE_H

#include "effort.h"
#include "event.h"

#include <stddef.h>

struct walk_store;

// `effort` pays for what is kept; NULL: nobody counts. NULL: no memory on this computer.
struct walk_store *walk_store_open(struct effort *effort);
void walk_store_close(struct walk_store *store);

// A copy of the event behind `before`; NULL: no memory.
const struct event *walk_store_event(struct walk_store *store, const struct event *event);

// The one frame with these members; NULL: no memory.
const struct frame *walk_store_frame(struct walk_store *store, const struct frame *frame);

#endif
