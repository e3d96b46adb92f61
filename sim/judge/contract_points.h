// contract_points.h: the checks of the contract's points, H1 to H16 in their order.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CONTRACT_POINTS_H
#define BOOTLEAP_SIM_CONTRACT_POINTS_H

#include "contract.h"

// Says whether the point holds, how that came about, and what was seen.
void contract_set(struct point *point, bool ok, enum evidence evidence, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

enum evidence contract_earned_if(bool touched);

// Whether an option that refuses keeps the ROM from serving whoever comes, not only from entering.
bool contract_option_stops_rom(enum option_refusal refusal);

void contract_pc(const struct judge *judge, struct point *point);
void contract_stack(const struct judge *judge, struct point *point);
void contract_thread_mode(const struct judge *judge, struct point *point);
void contract_masks(const struct judge *judge, struct point *point);
void contract_limits(const struct judge *judge, struct point *point);
void contract_interrupts(const struct judge *judge, struct point *point);
void contract_systick(const struct judge *judge, struct point *point);
void contract_vectors(const struct judge *judge, struct point *point);
void contract_remap(const struct judge *judge, struct point *point);
void contract_protection(const struct judge *judge, struct point *point);
void contract_clocks(const struct judge *judge, struct point *point);
void contract_peripherals(const struct judge *judge, struct point *point);
void contract_watchdog(const struct judge *judge, struct point *point);
void contract_options(const struct judge *judge, struct point *point);
void contract_mark(const struct judge *judge, struct point *point);
void contract_settings(const struct judge *judge, struct point *point);

#endif
