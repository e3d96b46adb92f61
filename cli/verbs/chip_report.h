// chip_report.h: what is known of the chip that answers, for people and for scripts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_CHIP_REPORT_H
#define BOOTLEAP_CLI_CHIP_REPORT_H

#include "libbootleap.h"

#include <jansson.h>

enum { CHIP_REPORT_NAME_BYTES = 96 };

// "STM32F40xxx/41xxx (f405)", or what is known of a chip that the table does not have. The text
// lies in `text`, which it returns.
const char *chip_report_name(const struct libbootleap_chip *chip,
                             char text[CHIP_REPORT_NAME_BYTES]);

// Adds device, name, product, protocol, rom_id and rom_version; null where it is not known.
void chip_report_identity(json_t *object, const struct libbootleap_chip *chip);

// Prints how large the flash is and who says so, its banks and pages, its protection, and what is
// unknown: of a chip with a device that has been asked.
void chip_report_print(const struct libbootleap_chip *chip);

// The chip's notes, as a list of texts.
json_t *chip_report_notes(const struct libbootleap_chip *chip);

// Adds the same to `object`, as keys flash, readout_protection, write_protected and notes.
void chip_report_json(json_t *object, const struct libbootleap_chip *chip);

#endif
