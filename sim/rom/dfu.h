// dfu.h: the ROM's side of USB DFU with ST's extensions (DFU 1.1, UM0424, AN3156).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_H
#define BOOTLEAP_SIM_DFU_H

#include "rom_state.h"

// For USB: rom_line.port is a struct usb_socket. The device is plugged in when the ROM listens and
// rom->usb_serves, and stays until the ROM ends or finds its host on another line.
extern const struct rom_protocol dfu_protocol;

#endif
