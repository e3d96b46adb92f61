// contract_points.h: the points that contract_check() leaves to another file, and how one is told.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CONTRACT_POINTS_H
#define BOOTLEAP_SIM_CONTRACT_POINTS_H

#include "contract.h"

void contract_set(struct point *point, bool ok, enum evidence way, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

enum evidence contract_earned_if(bool touched);

// H11 to H14.
void contract_clocks(const struct judge *judge, struct point *point);
void contract_peripherals(const struct judge *judge, struct point *point);
void contract_watchdog(const struct judge *judge, struct point *point);
void contract_options(const struct judge *judge, struct point *point);

#endif
