// check_rows.h: chooses the rows of the device table for which a program can be meant.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_ROWS_H
#define BOOTLEAP_CHECK_CHECK_ROWS_H

#include "devices.h"
#include "firmware.h"
#include "problem.h"

#include <stddef.h>

// The row that was named, or all that fit; *rows is to be freed. Refuses a program that this chip
// does not run, and one that fits no row. Returns 0, or the exit code that was put into *problem.
int check_rows(const struct firmware *firmware, const struct device *named,
               const struct device ***rows, size_t *count, struct problem *problem);

#endif
