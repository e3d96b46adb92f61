// usbfs.h: /dev/bus/usb/BUS/DEVICE of a board, as libusb uses it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_USBFS_H
#define BOOTLEAP_TESTS_USBFS_H

#include "board.h"

#include <umockdev.h>

// What answers the ioctls of this node. The transfers go to the board while its device number is
// `device_number`; after that the node is one of a device that is no more.
UMockdevIoctlBase *usbfs_new(struct board *board, unsigned device_number);

#endif
