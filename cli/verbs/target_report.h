// target_report.h: what the verbs say about a target, as text and as JSON.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TARGET_REPORT_H
#define BOOTLEAP_CLI_TARGET_REPORT_H

#include "target.h"

#include <jansson.h>

enum { TARGET_REPORT_NAME_BYTES = 96 };

// Adds device, name, product, protocol, rom_id and rom_version; null where it is not known.
void target_report_json(json_t *object, const struct target *target);

// "STM32F40xxx/41xxx (f405)", or what is known of a chip that the table does not have. The text
// lies in `text`, which it returns.
const char *target_report_name(const struct target *target, char text[TARGET_REPORT_NAME_BYTES]);

#endif
