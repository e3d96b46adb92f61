// device_flash_code.h: the size of the flash, as the ordering code of a part tells it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICE_FLASH_CODE_H
#define BOOTLEAP_COMMON_DEVICE_FLASH_CODE_H

#include "devices.h"

// The KB of flash of a part of this device by its name as people type it: 64 for STM32G071R8T6,
// g071r8 and NUCLEO-G071R8. 0 for a name without the letter of the size: a line, a macro, a slug.
unsigned device_flash_kb(const struct device *device, const char *name);

#endif
