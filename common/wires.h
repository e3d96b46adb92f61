// wires.h: the kinds of interface over which a ROM and its host may talk.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_WIRES_H
#define BOOTLEAP_COMMON_WIRES_H

#include "devices.h"
#include "evidence.h"

// "usb", "usart", "can", "i2c", "spi"; "?" where it is not said; NULL beyond.
const char *wire_name(enum wire wire);

// Those that this version of the ROM listens on, 1 << enum wire each. Version 0: the newest. I3C is
// left out: nobody has observed it.
unsigned wires_of(const struct device *device, uint16_t version);

#endif
