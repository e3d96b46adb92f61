// trial_report.h: what `bootleap try-board` has seen, and the one line that somebody can report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TRIAL_REPORT_H
#define BOOTLEAP_CLI_TRIAL_REPORT_H

#include "chip_line.h"
#include "devices.h"

#include <jansson.h>

enum trial_step {
    TRIAL_RESET,     // into the ROM through a reset
    TRIAL_BACK,      // and back by its Go
    TRIAL_JUMP,      // into the ROM without a reset
    TRIAL_JUMP_BACK, // and back
    TRIAL_STEPS
};

enum { TRIAL_RESULT_BYTES = 32, TRIAL_LINE_BYTES = 400 };

struct trial_report {
    struct chip_line chip;
    const struct device *device;
    uint8_t rom_id; // 0: not readable
    // "ok"; "none": bootleap knows no such way here; "not-tried"; "failed:WORD". One word each.
    char results[TRIAL_STEPS][TRIAL_RESULT_BYTES];
};

// Whether no step failed or was left out.
bool trial_report_is_good(const struct trial_report *report);

// Whether the port failed at a step, which says nothing about the chip.
bool trial_report_port_failed(const struct trial_report *report);

// The line, without a line end: "bootleap-report 1 on=board device=f411 ...". `on` is virtual-chip
// where a virtual chip ran it, and unknown where nobody knows: such a line is no report.
// `version`: of this program.
void trial_report_line(const struct trial_report *report, const char *version,
                       char line[TRIAL_LINE_BYTES]);

// The same as keys of a new object, and the line as `report`.
json_t *trial_report_json(const struct trial_report *report, const char *version);

#endif
