// board_descriptors.h: what the kernel asks of a device that was plugged in.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_BOARD_DESCRIPTORS_H
#define BOOTLEAP_TESTS_BOARD_DESCRIPTORS_H

#include "board.h"

// Reads them into board->descriptors and sets the configuration. Only while nobody else has the
// connection. False where the device does not answer as it must.
bool board_enumerate(struct board *board);

#endif
