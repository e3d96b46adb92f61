// named_parts.h: whether an ELF names other parts than the one that it runs on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NAMED_PARTS_H
#define BOOTLEAP_SIM_NAMED_PARTS_H

#include "devices.h"

#include <stdbool.h>

enum { NAMED_PART_ROOM = 20 };

// Looks at all words of the file, as "stm32f1xx" of "stm32f1xx_hal.c": true where some name parts
// of the table, and none may be a part of `device`. `word` is the first of them.
bool named_parts_differ(const char *path, const struct device *device, char word[NAMED_PART_ROOM]);

#endif
