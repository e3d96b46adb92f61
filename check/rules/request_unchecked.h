// request_unchecked.h: finds resets that come with a request which nothing checks.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REQUEST_UNCHECKED_H
#define BOOTLEAP_CHECK_REQUEST_UNCHECKED_H

#include "rule.h"

// One finding for each such reset. Returns 0, or the exit code that was put into *problem.
int request_unchecked(const struct rule_view *view, struct findings *findings,
                      struct problem *problem);

#endif
