// history.h: looks back at what happened on the way to an entry.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_HISTORY_H
#define BOOTLEAP_CHECK_HISTORY_H

#include "entry.h"
#include "firmware.h"

enum { CALLS_ROOM = 240 };

// The last event of this kind; NULL: none.
const struct event *history_last(const struct rom_entry *entry, enum event_kind kind);

// The last store to this register; NULL: none. With `before`, the last one before that event.
const struct event *history_store(const struct rom_entry *entry, uint32_t address,
                                  const struct event *before);

// What the register holds at the branch: after a reset `reset`, in an application what was found
// there, as long as nobody has written it.
struct value history_register(const struct rom_entry *entry, uint32_t address, uint32_t reset);

// Whether the value is what was found there, or some bits of it.
bool history_is_left(const struct value *value);

// "main > HAL_RCC_DeInit > HAL_InitTick": the functions that were called, and the one at `pc`.
void history_calls(const struct firmware *firmware, const struct frame *frames, uint32_t pc,
                   char calls[CALLS_ROOM]);

#endif
