// option_plan.h: a change of option bytes, before anything is sent.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_PLAN_H
#define BOOTLEAP_HOST_OPTION_PLAN_H

#include "option_bytes.h"

enum { OPTION_CHANGES = 24 };

struct option_change {
    const struct option_field *field;
    uint32_t before, after; // shifted so that they begin at bit 0
};

struct option_plan {
    const struct target *target;
    const struct option_bytes *before;
    struct flash_state after; // the bytes that are written, complements included
    struct option_change changes[OPTION_CHANGES];
    unsigned count; // of fields that get another value than they have
    const struct option_field *named[OPTION_CHANGES]; // by option_plan_set_text()
    unsigned named_count;
};

// Nothing changes.
void option_plan_begin(struct option_plan *plan, const struct target *target,
                       const struct option_bytes *before);

// Adds "NAME=VALUE", a decimal or 0x hexadecimal number. A value that the field has already changes
// nothing. Problems: EXIT_USAGE for a name that the row does not have or that came before, and a
// value that does not fit; EXIT_REFUSED where the field was not read, or where this ROM cannot
// write it.
int option_plan_set_text(struct option_plan *plan, const char *text, struct problem *problem);

// The same for a field of the row.
int option_plan_set(struct option_plan *plan, const struct option_field *field, uint32_t value,
                    struct problem *problem);

// Whether a value of this area changes.
bool option_plan_touches(const struct option_plan *plan, const struct option_area *area);

// The bytes that are to be written from the start of an area on, as many as it has.
const uint8_t *option_plan_bytes(const struct option_plan *plan, const struct option_area *area);

// The bytes that are in force once the plan is carried out.
void option_plan_in_force(const struct option_plan *plan, struct flash_state *state);

#endif
