// virtual_chip.c: see virtual_chip.h.
// SPDX-License-Identifier: MIT
#include "virtual_chip.h"

// Place on the wafer, the wafer's number, the lot's name from its end.
const uint8_t virtual_chip_id[UNIQUE_ID_BYTES] = {0x12, 0,   0x34, 0,   5,   'P',
                                                  'A',  'E', 'L',  'T', 'O', 'B'};
