// sentence.h: the sentences that say where an application stands.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SENTENCE_H
#define BOOTLEAP_SIM_SENTENCE_H

#include "loop.h"
#include "sentence_say.h"

// The registers of a step that tell who called its function.
struct call_site snapshot_site(const struct snapshot *step);

// Looks for the calls that led to `site`.
void sentence_find_callers(const struct sentence *told, struct call_site *site);

// Whether this load is one by which something comes from outside the chip.
bool sentence_is_input(const struct chip *chip, const struct load *load);

void sentence_input(const struct sentence *told, const struct loop *loop, const struct load *input);
void sentence_register(const struct sentence *told, const struct loop *loop,
                       const struct load *load);
void sentence_memory(const struct sentence *told, const struct loop *loop, const struct load *load);
void sentence_sleep(const struct sentence *told);
// In a handler that does not come back, with these registers.
void sentence_handler(const struct sentence *told, const struct snapshot *step);
void sentence_loop(const struct sentence *told);
void sentence_running(const struct sentence *told);
void sentence_fault(const struct sentence *told);

// Adds the pins without a level that it has asked for, and what gives them one.
void sentence_pins(const struct sentence *told);

#endif
