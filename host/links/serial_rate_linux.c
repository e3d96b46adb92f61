// serial_rate_linux.c: any baud rate, through Linux's struct termios2.
// SPDX-License-Identifier: MIT
//
// A file of its own: <asm/termbits.h> and <termios.h> both define struct termios. Drivers write the
// rate that they have really set back into it (tty_ioctl(4), include/uapi/asm-generic/termbits.h
// of Linux).
#include "serial_rate.h"

#include <asm/termbits.h>
#include <sys/ioctl.h>

bool serial_rate_set(int file, unsigned baud)
{
    struct termios2 settings;

    if (ioctl(file, TCGETS2, &settings) != 0) {
        return false;
    }
    settings.c_cflag &= ~(tcflag_t)(CBAUD | CBAUD << IBSHIFT); // no rate for input: that of output
    settings.c_cflag |= BOTHER;
    settings.c_ospeed = baud;
    settings.c_ispeed = baud;
    return ioctl(file, TCSETSW2, &settings) == 0;
}

unsigned serial_rate_get(int file)
{
    struct termios2 settings;

    return ioctl(file, TCGETS2, &settings) == 0 ? settings.c_ospeed : 0;
}
