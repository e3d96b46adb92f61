// serial_rate_darwin.c: any baud rate, through macOS's IOSSIOSPEED. Not tried.
// SPDX-License-Identifier: MIT
//
// <IOKit/serial/ioss.h>: IOSSIOSPEED sets a rate that termios does not show afterwards.
#include "serial_rate.h"

#include <IOKit/serial/ioss.h>
#include <sys/ioctl.h>
#include <termios.h>

bool serial_rate_set(int file, unsigned baud)
{
    speed_t speed = baud;

    return tcdrain(file) == 0 && ioctl(file, IOSSIOSPEED, &speed) == 0;
}

unsigned serial_rate_get(int file)
{
    (void)file;
    return 0;
}
