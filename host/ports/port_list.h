// port_list.h: the serial ports of this computer.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_PORT_LIST_H
#define BOOTLEAP_HOST_PORT_LIST_H

#include "problem.h"

#include <stdbool.h>

// NULL where the system does not say.
struct port_info {
    const char *path;
    const char *description;
    const char *usb; // "0483:374E", VENDOR:PRODUCT of the adapter
    const char *serial_number;
};

// Calls `visit` for each port; what it gets is gone afterwards. Problem: EXIT_FAILED.
int port_list_each(void (*visit)(const struct port_info *port, void *context), void *context,
                   struct problem *problem);

// Where on USB a serial port is plugged in: number of the bus, and address on it. False where it is
// no USB port, or the system does not say.
bool port_list_usb_address(const char *port, unsigned *bus, unsigned *address);

#endif
