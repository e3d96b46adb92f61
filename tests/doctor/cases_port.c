// cases_port.c: ports that are not there, or cannot be opened.
// SPDX-License-Identifier: MIT
#include "cases.h"

#include "fake_usb.h"
#include "wire.h"

#define FILES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

// An adapter without its port: the same device, and what has its interface.
#define ADAPTER(vendor, product, ...)                                                              \
    FILES("/sys/bus/usb/devices/1-2/idVendor=" vendor,                                             \
          "/sys/bus/usb/devices/1-2/idProduct=" product, "/sys/bus/usb/devices/1-2/busnum=1",      \
          "/sys/bus/usb/devices/1-2/devnum=12",                                                    \
          "/sys/bus/usb/devices/1-2:1.0/bInterfaceNumber=00", __VA_ARGS__)
#define OF_USBFS "/sys/bus/usb/devices/1-2:1.0/driver->../../../bus/usb/drivers/usbfs"
#define MINICOM                                                                                    \
    "/proc/812/comm=minicom", "/proc/812/fd/0->/dev/pts/1", "/proc/812/fd/3->/dev/ttyUSB0"

#define OTHER_PORT "/dev/ttyUSB1:660", "/sys/class/tty/ttyUSB1/dev=188:1"

static void not_a_port(void)
{
    wire.not_a_port = true;
}

static void cannot_open(void)
{
    wire.cannot_open = true;
}

static void rom_is_on_usb(void)
{
    fake.absent = false;
}

const struct doctor_case cases_of_port[] = {
    {.name = "brltty has taken a CH340",
     .cause = "brltty-took-adapter",
     .seen = "apt remove brltty",
     .files = {user_files, ADAPTER("1a86", "7523", OF_USBFS, "/proc/700/comm=brltty")}},
    {.name = "brltty has taken a CP2102",
     .cause = "brltty-took-adapter",
     .seen = "10c4:ea60",
     .files = {user_files, ADAPTER("10c4", "ea60", OF_USBFS, "/proc/700/comm=brltty")}},
    {.name = "a virtual machine has taken an FT232",
     .cause = "adapter-taken",
     .seen = "/dev/bus/usb/001/012",
     .files = {user_files, ADAPTER("0403", "6001", OF_USBFS)}},
    {.name = "no driver for a CH340",
     .cause = "no-driver",
     .seen = "modprobe ch341",
     .files = {user_files, ADAPTER("1a86", "7523", "/proc/modules=ext4 1 0 - Live")}},
    {.name = "no driver for a PL2303",
     .cause = "no-driver",
     .seen = "modprobe pl2303",
     .files = {user_files, ADAPTER("067b", "2303", "/proc/modules=ext4 1 0 - Live")}},
    {.name = "a container without the port",
     .cause = "no-file-in-container",
     .seen = "docker run --device=/dev/ttyUSB0",
     .files = {user_files, FILES("/sys/class/tty/ttyUSB0/dev=188:0")}},
    {.name = "the board has left for its ROM on USB",
     .cause = "rom-on-usb-instead",
     .seen = "bootleap info usb:1-2.3",
     .files = {user_files},
     .port = "/dev/ttyACM0",
     .set = rom_is_on_usb},
    {.name = "the adapter has another number now",
     .cause = "another-name",
     .seen = "bootleap doctor /dev/ttyUSB1",
     .files = {user_files, FILES("/dev/ttyUSB1:660", "/sys/class/tty/ttyUSB1/dev=188:1")}},
    {.name = "the board has another number now",
     .cause = "another-name",
     .seen = "bootleap doctor /dev/ttyACM3",
     .files = {user_files, FILES("/dev/ttyACM3:660", "/sys/class/tty/ttyACM3/dev=166:3")},
     .port = "/dev/ttyACM0"},
    {.name = "nothing is plugged in",
     .cause = "no-port",
     .seen = "there is no /dev/ttyUSB0",
     .files = {user_files}},
    {.name = "a file in place of a port",
     .cause = "not-a-port",
     .seen = "/srv/app.elf",
     .files = {user_files, FILES("/srv/app.elf:660")},
     .port = "/srv/app.elf",
     .set = not_a_port},
    {.name = "not in dialout",
     .cause = "not-in-group",
     .seen = "sudo usermod -aG dialout ann",
     .files = {stranger_files, ch340_files}},
    {.name = "not in uucp, as on Arch",
     .cause = "not-in-group",
     .seen = "sudo usermod -aG uucp ann",
     .files = {stranger_files, ch340_files, FILES("/etc/group=root:x:4343:\\nuucp:x:{G}:")}},
    {.name = "in dialout since today",
     .cause = "log-in-again",
     .seen = "newgrp dialout",
     .files = {stranger_files, ch340_files,
               FILES("/etc/group=root:x:4343:\\ndialout:x:{G}:bob,ann")}},
    {.name = "only root may",
     .cause = "port-of-root",
     .seen = "setfacl -m u:ann:rw /dev/ttyUSB0",
     .files = {stranger_files, ch340_files, FILES("/dev/ttyUSB0:600")}},
    {.name = "the port belongs to the group root",
     .cause = "port-of-root",
     .seen = "rw-rw----, group root",
     .files = {stranger_files, ch340_files, FILES("/etc/group=root:x:{G}:")}},
    {.name = "ModemManager has it",
     .cause = "modem-manager-holds",
     .seen = "process 640",
     .files = {user_files, ch340_files,
               FILES("/proc/640/comm=ModemManager", "/proc/640/fd/11->/dev/ttyUSB0")}},
    {.name = "a getty has it",
     .cause = "getty-holds",
     .seen = "serial-getty@ttyUSB0.service",
     .files = {user_files, ch340_files,
               FILES("/proc/641/comm=agetty", "/proc/641/fd/0->/dev/ttyUSB0")}},
    {.name = "brltty has it open",
     .cause = "brltty-holds",
     .seen = "process 642",
     .files = {user_files, ch340_files,
               FILES("/proc/642/comm=brltty", "/proc/642/fd/5->/dev/ttyUSB0")}},
    {.name = "minicom has it",
     .cause = "port-busy",
     .seen = "minicom (process 812)",
     .files = {user_files, ch340_files, FILES(MINICOM)}},
    {.name = "a program with an odd name has it",
     .cause = "port-busy",
     .seen = "ev?il (process 812)",
     .files = {user_files, ch340_files,
               FILES("/proc/812/comm=ev\x1Bil", "/proc/812/fd/3->/dev/ttyUSB0")}},
    {.name = "a lock file names who has it",
     .cause = "port-locked",
     .seen = "/run/lock/LCK..ttyUSB0 names process 813",
     .files = {user_files, ch340_files,
               FILES("/run/lock/LCK..ttyUSB0=       813", "/proc/813/comm=cu")}},
    {.name = "a program of root may have it",
     .cause = "port-busy-of-another-user",
     .seen = "sudo fuser -v",
     .signs = {SIGN_OPEN_FAILED, SIGN_HOLDERS_HIDDEN}},
    {.name = "the system does not open it",
     .cause = "cannot-open",
     .seen = "Input/output error",
     .files = {user_files, ch340_files},
     .set = cannot_open},
    {.name = "busy, and only looked at",
     .cause = "port-busy",
     .seen = "minicom",
     .files = {user_files, ch340_files, FILES(MINICOM)},
     .passive = true},
    {.name = "brltty has a CH340, and another port is there",
     .cause = "brltty-took-adapter",
     .files = {user_files, ADAPTER("1a86", "7523", OF_USBFS, "/proc/700/comm=brltty"),
               FILES(OTHER_PORT)}},
    {.name = "brltty has a CH340, and a ROM is on USB",
     .cause = "brltty-took-adapter",
     .files = {user_files, ADAPTER("1a86", "7523", OF_USBFS, "/proc/700/comm=brltty")},
     .set = rom_is_on_usb},
    {.name = "no driver, and another port is there",
     .cause = "no-driver",
     .files = {user_files, ADAPTER("10c4", "ea60", "/proc/modules=ext4"), FILES(OTHER_PORT)}},
    {.name = "no driver, and a ROM is on USB",
     .cause = "no-driver",
     .files = {user_files, ADAPTER("10c4", "ea60", "/proc/modules=ext4")},
     .set = rom_is_on_usb},
    {.name = "a container with another port",
     .cause = "no-file-in-container",
     .files = {user_files, FILES("/sys/class/tty/ttyUSB0/dev=188:0", OTHER_PORT)}},
    {.name = "a container, and a ROM on USB",
     .cause = "no-file-in-container",
     .files = {user_files, FILES("/sys/class/tty/ttyUSB0/dev=188:0")},
     .set = rom_is_on_usb},
    {.name = "another port, and a ROM on USB",
     .cause = "rom-on-usb-instead",
     .files = {user_files, FILES(OTHER_PORT)},
     .set = rom_is_on_usb},
    {.name = "minicom has it, and has locked it",
     .cause = "port-busy",
     .files = {user_files, ch340_files, FILES(MINICOM, "/run/lock/LCK..ttyUSB0=       812")}},
    {.name = "locked by a program of another user",
     .cause = "port-locked",
     .signs = {SIGN_OPEN_FAILED, SIGN_HOLDERS_HIDDEN, SIGN_LOCKED}},
    {.name = "opened by another program meanwhile",
     .cause = "port-busy",
     .signs = {SIGN_OPEN_FAILED, SIGN_HELD, SIGN_HOLDERS_HIDDEN}},
    {.name = "locked meanwhile", .cause = "port-locked", .signs = {SIGN_OPEN_FAILED, SIGN_LOCKED}},
    {.name = NULL},
};
