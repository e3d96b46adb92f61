// pointed.h: the functions that something in a program points to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_POINTED_H
#define BOOTLEAP_CHECK_POINTED_H

#include "reach.h"

// Adds every function whose address stands in a word of the program, or whose lower half a MOVW
// loads. The vector table does not count, nor does a word that is loaded to be called at once. A
// pointer that is computed from the PC is not found. False: no memory on this computer.
bool pointed_add(struct reach *reach, const struct firmware *firmware);

#endif
