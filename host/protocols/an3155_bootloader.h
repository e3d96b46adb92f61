// an3155_bootloader.h: a ROM on a serial line that speaks AN3155, as a bootloader.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_BOOTLOADER_H
#define BOOTLEAP_HOST_AN3155_BOOTLOADER_H

#include "bootloader_open.h"

// As bootloader_open. Problems: those of serial_open.
int an3155_bootloader_open(struct bootloader **bootloader, const char *port,
                           const struct bootloader_settings *settings, struct serial **line,
                           struct problem *problem);

#endif
