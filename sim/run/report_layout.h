// report_layout.h: the columns of a run's report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REPORT_LAYOUT_H
#define BOOTLEAP_SIM_REPORT_LAYOUT_H

// Where texts begin behind their label, and how long lines are at most.
enum { REPORT_COLUMN = 12, REPORT_WIDTH = 100 };

#endif
