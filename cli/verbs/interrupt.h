// interrupt.h: ends a long command between two frames when somebody presses Ctrl-C.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_INTERRUPT_H
#define BOOTLEAP_CLI_INTERRUPT_H

#include <stdbool.h>

// From now on the first SIGINT, SIGTERM or SIGHUP is remembered; a second one ends the program at
// once. A program that ends in the middle of a frame leaves a ROM that waits for the rest of it.
void interrupt_watch(void);

// From now on they end the program again.
void interrupt_end_watch(void);

// Whether one has come. For a struct watch, whose context it does not use.
bool interrupt_has_come(void *context);

#endif
