// serial_rate_posix.c: no baud rates but those that POSIX has a name for.
// SPDX-License-Identifier: MIT
#include "serial_rate.h"

bool serial_rate_set(int file, unsigned baud)
{
    (void)file;
    (void)baud;
    return false;
}

unsigned serial_rate_get(int file)
{
    (void)file;
    return 0;
}
