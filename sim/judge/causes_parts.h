// causes_parts.h: the causes of the single points, as far as other files look for them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CAUSES_PARTS_H
#define BOOTLEAP_SIM_CAUSES_PARTS_H

#include "causes.h"

// A new cause, NULL where there is no room: that is counted.
struct cause *causes_add(struct causes *causes, uint32_t address, uint32_t bits);

// Sets a text of a cause; `cause` may be NULL.
void cause_so(struct cause *cause, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cause_cure(struct cause *cause, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Says why the cure is so; `cause` may be NULL. The text outlives the cause.
void cause_why(struct cause *cause, const char *why);

void causes_clocks(const struct judge *judge, struct causes *causes);
void causes_peripherals(const struct judge *judge, struct causes *causes);
void causes_watchdog(const struct judge *judge, struct causes *causes);
void causes_options(const struct judge *judge, struct causes *causes);

#endif
