// system_name.h: the operating system, for the line that somebody reports.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_SYSTEM_NAME_H
#define BOOTLEAP_CLI_SYSTEM_NAME_H

enum { SYSTEM_NAME_BYTES = 16 };

// "linux", "darwin", "windows": without its version. Returns `name`.
const char *system_name(char name[SYSTEM_NAME_BYTES]);

#endif
