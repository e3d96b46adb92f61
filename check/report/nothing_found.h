// nothing_found.h: a program without an entry: what was looked for, and what may be the reason.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_NOTHING_FOUND_H
#define BOOTLEAP_CHECK_NOTHING_FOUND_H

#include "check.h"

#include <jansson.h>

// {"text", "seen", "finished", "try"}; null where there is an entry.
json_t *nothing_found_pack(const struct check *check);

#endif
