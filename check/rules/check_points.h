// check_points.h: which points of the contract hold at an entry.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_POINTS_H
#define BOOTLEAP_CHECK_CHECK_POINTS_H

#include "finding.h"

// Points that this program answers in full: H1 to H9.
enum { CHECK_POINTS = 9 };
enum point_state { POINT_UNKNOWN, POINT_HOLDS, POINT_BREAKS };

// [0] is H1. What is not known of a point, and what is as it was found, leaves it unknown.
void check_points(const struct findings *findings, enum point_state points[CHECK_POINTS]);

#endif
