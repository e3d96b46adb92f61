// dfuse_bootloader.h: a ROM on USB that speaks DFU with ST's commands, as a bootloader.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DFUSE_BOOTLOADER_H
#define BOOTLEAP_HOST_DFUSE_BOOTLOADER_H

#include "bootloader_open.h"

// As bootloader_open; `port` is one of usb_choice.h, and `line` gets NULL. Problems: those of
// usb_choice_find and usb_open.
int dfuse_bootloader_open(struct bootloader **bootloader, const char *port,
                          const struct bootloader_settings *settings, struct serial **line,
                          struct problem *problem);

#endif
