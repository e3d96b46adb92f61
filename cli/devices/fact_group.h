// fact_group.h: which groups of facts of a device anybody typed.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FACT_GROUP_H
#define BOOTLEAP_CLI_FACT_GROUP_H

#include "devices.h"

#include <stdbool.h>

// Whether the device has this group ("boot", say). Where it has not, the members of that group in
// struct device mean nothing: false or the first enumerator is not what the chip does.
bool fact_group_known(const struct device *device, const char *group);

#endif
