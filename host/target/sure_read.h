// sure_read.h: reads what nothing else can confirm.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SURE_READ_H
#define BOOTLEAP_HOST_SURE_READ_H

#include "bootloader.h"

// Reads `size` bytes, at most a block, until two reads in a row agree, where no checksum protects
// them on their way. Problems: those of read, and EXIT_FAILED where no two agree.
int sure_read(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
              struct problem *problem);

#endif
