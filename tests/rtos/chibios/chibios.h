// chibios.h: what the stand-in's start-up code calls.
// SPDX-License-Identifier: MIT
#ifndef CHIBIOS_H
#define CHIBIOS_H

void __cpu_init(void);
void __early_init(void);

#endif
