// an3155_sync.h: finds a ROM at the other end of a serial line by AN3155's sync byte.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_AN3155_SYNC_H
#define BOOTLEAP_CLI_AN3155_SYNC_H

#include "bootloader.h"
#include "serial.h"

// Sends sync bytes until a ROM answers, for at most `window_ms`. A ROM that was found before,
// by whatever program, answers too. Where nothing at all answers, RECOVERY_MAY_WRITE frees a ROM
// that an interrupted program left in the middle of a command. The line stands at 8E1.
// Problems: EXIT_NO_DEVICE, and EXIT_FAILED when the line is gone.
int an3155_sync(struct serial *line, unsigned window_ms, enum bootloader_recovery recovery,
                struct problem *problem);

#endif
