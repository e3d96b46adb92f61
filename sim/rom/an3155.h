// an3155.h: the ROM's side of ST's USART protocol (AN3155).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_AN3155_H
#define BOOTLEAP_SIM_AN3155_H

#include "rom_state.h"

// For lines of bytes: rom_line.port is a struct port.
extern const struct rom_protocol an3155_protocol;

#endif
