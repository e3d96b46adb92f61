// production_protect.h: closes a board that was flashed: readout protection level 1.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_PRODUCTION_PROTECT_H
#define BOOTLEAP_HOST_PRODUCTION_PROTECT_H

#include "libbootleap.h"
#include "problem.h"

#include <stdbool.h>

// Whether the ROM of this chip can do it. Asked before anything is erased. Problem: EXIT_REFUSED.
int production_protect_check(struct libbootleap *chip, struct problem *problem);

// Does it. The chip resets itself then. *seen: its ROM came back, and shows nothing of the flash
// any more; else it only said that it did, because what started is the application. Problems: those
// of the bootloader, and EXIT_VERIFY where the flash is still readable.
int production_protect(struct libbootleap *chip, bool *seen, struct problem *problem);

#endif
