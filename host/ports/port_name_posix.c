// port_name_posix.c: follows the links that udev makes.
// SPDX-License-Identifier: MIT
#include "port_name.h"

#include <stdlib.h>

char *port_name_real(const char *port)
{
    return realpath(port, NULL);
}
