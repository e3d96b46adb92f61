// terminal.h: whether somebody reads along.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TERMINAL_H
#define BOOTLEAP_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

// Whether what is written there appears on a terminal.
bool terminal_is(FILE *stream);

#endif
