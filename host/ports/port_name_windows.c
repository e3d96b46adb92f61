// port_name_windows.c: takes off what stands before the name of a COM port from COM10 up.
// SPDX-License-Identifier: MIT
#include "port_name.h"

#include <string.h>

char *port_name_real(const char *port)
{
    static const char device[] = "\\\\.\\";
    size_t length = sizeof device - 1;

    return strdup(strncmp(port, device, length) == 0 ? port + length : port);
}
