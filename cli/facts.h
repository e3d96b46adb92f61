// facts.h: which groups of facts of a device anybody typed.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FACTS_H
#define BOOTLEAP_CLI_FACTS_H

#include "devices.h"

#include <stdbool.h>

// Whether the device has this group ("boot", say). Where it has not, the members of that group in
// struct device mean nothing: false or the first enumerator is not what the chip does.
bool facts_known(const struct device *device, const char *group);

#endif
