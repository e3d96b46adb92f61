// computers.c: files as Linux shows them, with one adapter or board plugged in.
// SPDX-License-Identifier: MIT
#include "cases.h"

#include <stddef.h>

const char *const no_files[] = {NULL};

// {G} is the group of the port.
const char *const user_files[] = {
    "/etc/passwd=root:x:0:0:root:/root:/bin/bash\\nann:x:4242:4242::/:/bin/bash",
    "/etc/group=root:x:4343:\\ndialout:x:{G}:bob,ann\\nann:x:4242:",
    "/proc/self/status=Uid:\t4242 4242\\nGid:\t4242 4242\\nGroups:\t{G} 4242 ",
    "/proc/1/comm=systemd",
    "/proc/1/fd/0->/dev/null",
    NULL,
};

const char *const stranger_files[] = {
    "/etc/passwd=root:x:0:0:root:/root:/bin/bash\\nann:x:4242:4242::/:/bin/bash",
    "/etc/group=root:x:4343:\\ndialout:x:{G}:bob,anna\\nann:x:4242:",
    "/proc/self/status=Uid:\t4242 4242\\nGid:\t4242 4242\\nGroups:\t4242 ",
    "/proc/1/comm=systemd",
    NULL,
};

#define CONTROLLER    "/sys/devices/pci0000:00/0000:00:14.0/usb1"
#define TO_CONTROLLER "../../../devices/pci0000:00/0000:00:14.0/usb1"

const char *const ch340_files[] = {
    "/dev/ttyUSB0:660",
    CONTROLLER "/1-2/idVendor=1a86",
    CONTROLLER "/1-2/idProduct=7523",
    CONTROLLER "/1-2/busnum=1",
    CONTROLLER "/1-2/devnum=5",
    CONTROLLER "/1-2/dev=189:4",
    CONTROLLER "/1-2/1-2:1.0/driver->../../../../../../../bus/usb/drivers/ch341",
    CONTROLLER "/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0/dev=188:0",
    "/sys/bus/usb/devices/1-2->" TO_CONTROLLER "/1-2",
    "/sys/bus/usb/devices/1-2:1.0->" TO_CONTROLLER "/1-2/1-2:1.0",
    "/sys/class/tty/ttyUSB0->../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/ttyUSB0/tty/"
    "ttyUSB0",
    "/sys/class/tty/console/active=tty0",
    NULL,
};

const char *const stlink_files[] = {
    "/dev/ttyACM0:660",
    CONTROLLER "/1-4/idVendor=0483",
    CONTROLLER "/1-4/idProduct=374b",
    CONTROLLER "/1-4/dev=189:8",
    CONTROLLER "/1-4/1-4:1.0/bInterfaceClass=ff",
    CONTROLLER "/1-4/1-4:1.1/driver->../../../../../../../bus/usb/drivers/usb-storage",
    CONTROLLER "/1-4/1-4:1.2/driver->../../../../../../../bus/usb/drivers/cdc_acm",
    CONTROLLER "/1-4/1-4:1.2/tty/ttyACM0/dev=166:0",
    "/sys/bus/usb/devices/1-4->" TO_CONTROLLER "/1-4",
    "/sys/bus/usb/devices/1-4:1.0->" TO_CONTROLLER "/1-4/1-4:1.0",
    "/sys/bus/usb/devices/1-4:1.1->" TO_CONTROLLER "/1-4/1-4:1.1",
    "/sys/bus/usb/devices/1-4:1.2->" TO_CONTROLLER "/1-4/1-4:1.2",
    "/sys/class/tty/ttyACM0->../../devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4:1.2/tty/ttyACM0",
    NULL,
};

const char *const cdc_files[] = {
    "/dev/ttyACM0:660",
    CONTROLLER "/1-3/idVendor=0483",
    CONTROLLER "/1-3/idProduct=5740",
    CONTROLLER "/1-3/dev=189:9",
    CONTROLLER "/1-3/1-3:1.0/driver->../../../../../../../bus/usb/drivers/cdc_acm",
    CONTROLLER "/1-3/1-3:1.0/tty/ttyACM0/dev=166:0",
    "/sys/bus/usb/devices/1-3->" TO_CONTROLLER "/1-3",
    "/sys/bus/usb/devices/1-3:1.0->" TO_CONTROLLER "/1-3/1-3:1.0",
    "/sys/class/tty/ttyACM0->../../devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/tty/ttyACM0",
    NULL,
};
