// chip_report.h: what the chip told of its flash, for people and for scripts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_CHIP_REPORT_H
#define BOOTLEAP_CLI_CHIP_REPORT_H

#include "target.h"

#include <jansson.h>

// Prints how large the flash is and who says so, its banks and pages, its protection, and what is
// unknown: a target with a device that has been asked.
void chip_report_print(const struct target *target);

// The chip's notes, as a list of texts.
json_t *chip_report_notes(const struct target *target);

// Adds the same to `object`, as keys flash, readout_protection, write_protected and notes.
void chip_report_json(json_t *object, const struct target *target);

#endif
