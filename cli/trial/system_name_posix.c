// system_name_posix.c: what the system calls itself.
// SPDX-License-Identifier: MIT
#include "system_name.h"

#include <ctype.h>
#include <stdio.h>
#include <sys/utsname.h>

const char *system_name(char name[SYSTEM_NAME_BYTES])
{
    struct utsname system;

    snprintf(name, SYSTEM_NAME_BYTES, "%.15s", uname(&system) < 0 ? "unknown" : system.sysname);
    for (char *letter = name; *letter; letter++) {
        *letter = (char)tolower((unsigned char)*letter);
    }
    return name;
}
