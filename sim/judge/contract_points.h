// contract_points.h: the points that contract_check() leaves to another file, and how one is told.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CONTRACT_POINTS_H
#define BOOTLEAP_SIM_CONTRACT_POINTS_H

#include "contract.h"

void contract_set(struct point *point, bool ok, enum evidence way, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

enum evidence contract_earned_if(bool touched);

// H11 to H14.
void contract_clocks(struct chip *chip, struct point *point);
void contract_peripherals(struct chip *chip, struct point *point);
void contract_watchdog(struct chip *chip, struct point *point);
void contract_options(struct chip *chip, const struct asked_bits *broken, struct point *point);

#endif
