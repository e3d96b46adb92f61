// start.h: what a program must do first, which differs from system to system.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_START_H
#define BOOTLEAP_COMMON_START_H

// Makes the standard files safe to print to, so that no byte of it goes elsewhere or is changed.
// Returns the arguments, in UTF-8 where the system has a coding for them.
char **start_prepare(int *argc, char **argv);

#endif
