// second_core.c: asks for a mark in RAM, which is refused where it is in backup registers.
// SPDX-License-Identifier: MIT
#include "bootleap_second_core.h"

void reset_handler(void);

void reset_handler(void)
{
    bootleap_park_second_core();
}
