// fuzz_report.h: checks bytes as bootleap-check does, and looks at the report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_FUZZ_REPORT_H
#define BOOTLEAP_TESTS_FUZZ_REPORT_H

#include "devices.h"

#include <stddef.h>
#include <stdint.h>

// Ends the process unless these bytes of a file are refused as they should be, or have a report
// that keeps its promises. `device` NULL: all that fit.
void fuzz_report(const uint8_t *bytes, size_t size, const struct device *device);

#endif
