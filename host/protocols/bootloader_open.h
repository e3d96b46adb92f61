// bootloader_open.h: from the name of a port to the bootloader that is talked to over it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_BOOTLOADER_OPEN_H
#define BOOTLEAP_HOST_BOOTLOADER_OPEN_H

#include "bootloader.h"
#include "serial.h"

struct bootloader_settings {
    unsigned baud;       // of a serial line
    unsigned timeout_ms; // no answer is awaited longer, whatever is usual; 0: no such limit
    const struct monitor *monitor; // is told what goes over the wire; NULL: nobody is
};

// Opens `port`, "SCHEME:REST", or the path of a serial port. Nothing is sent yet; the settings are
// copied. End it with its close. `line` gets the serial line that it runs over, NULL over any other
// wire; the line may be used, at other settings, before an identify and after a go.
// Problems: EXIT_NO_DEVICE where there is no such port, EXIT_USAGE where it is no port of this
// kind, else EXIT_FAILED.
int bootloader_open(struct bootloader **bootloader, const char *port,
                    const struct bootloader_settings *settings, struct serial **line,
                    struct problem *problem);

#endif
