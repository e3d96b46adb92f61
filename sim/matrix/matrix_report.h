// matrix_report.h: prints what the matrix came to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_MATRIX_REPORT_H
#define BOOTLEAP_SIM_MATRIX_REPORT_H

#include "matrix.h"

#include <stdio.h>

// A line for each device and the cells that failed, or all of it as JSON.
void matrix_print(const struct matrix *matrix, FILE *file);

#endif
