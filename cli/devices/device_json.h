// device_json.h: a device of the table as scripts read it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_DEVICE_JSON_H
#define BOOTLEAP_CLI_DEVICE_JSON_H

#include "devices.h"

#include <jansson.h>

// All keys are there for every device: null, or an empty array, is what nobody knows or what the
// device does not have. Addresses are strings of 8 digits, "0x1FFF0000"; sizes are numbers of
// bytes. `system_memory` reaches from the start of the first region to the end of the last one.
json_t *device_json(const struct device *device);

// The sources of one group of facts, of all groups if `group` is NULL.
json_t *device_json_sources(const struct device *device, const char *group);

#endif
