// system_name_windows.c: the one name that this system has.
// SPDX-License-Identifier: MIT
#include "system_name.h"

#include <stdio.h>

const char *system_name(char name[SYSTEM_NAME_BYTES])
{
    snprintf(name, SYSTEM_NAME_BYTES, "windows");
    return name;
}
