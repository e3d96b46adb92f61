// cases_health.c: circumstances in which nothing is wrong, though it may look so.
// SPDX-License-Identifier: MIT
#include "cases.h"

#include "fake_usb.h"
#include "wire.h"

#include <stddef.h>

#define FILES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void fresh(void)
{
    wire.end = END_ROM;
}

static void ready(void)
{
    wire.end = END_ROM_READY;
    wire.rom_baud = 115200;
}

static void parked(void)
{
    wire.end = END_ROM_PARKED;
    wire.rom_baud = 115200;
}

static void ready_at_57600(void)
{
    wire.end = END_ROM_READY;
    wire.rom_baud = 57600;
}

static void glitch(void)
{
    wire.end = END_ROM;
    wire.glitch = true;
}

static void on_usb(void)
{
    fake.absent = false;
}

// STM32F042 with ROM V10.1: errFIRMWARE until the first CLRSTATUS.
static void starts_in_error(void)
{
    on_usb();
    fake.strings[4] = "@Internal Flash  /0x08000000/032*0001Kg";
    fake.strings[5] = "@Option Bytes  /0x1FFFF800/01*016 e";
    fake.areas[0] = (struct fake_area){0x1FFFF600, 0x200, {[0xA6] = 0xA1, [0x1CC] = 32}};
    fake.areas[1] = (struct fake_area){0x1FFFF800,
                                       16,
                                       {0xAA, 0x55, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00,
                                        0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00}};
    fake.state = DFU_ERROR;
    fake.status = 10;
}

static const struct usb_found stlink = {
    .vendor = 0x0483, .product = 0x374B, .roles = USB_ROLE_SERIAL, .path = "1-4"};

static void beside_stlink(void)
{
    fake.absent = false;
    fake.others = &stlink;
    fake.other_count = 1;
}

#define BY_ID "/dev/serial/by-id/usb-1a86-if00->../../ttyUSB0"

const struct doctor_case cases_of_health[] = {
    {.name = "a ROM after its reset",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = fresh},
    {.name = "a ROM that waits for a command",
     .files = {user_files, ch340_files},
     .rom = "f405",
     .set = ready},
    {.name = "a ROM with half a command",
     .files = {user_files, ch340_files},
     .rom = "h723",
     .set = parked},
    {.name = "a ROM that says ACK twice",
     .files = {user_files, ch340_files},
     .rom = "l47@90",
     .set = fresh},
    {.name = "another rate, as asked for",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .baud = 57600,
     .set = ready_at_57600},
    {.name = "a byte of noise as the port is opened",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = glitch},
    {.name = "a port with a scheme",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .port = "serial:/dev/ttyUSB0",
     .set = fresh},
    {.name = "a port by its name in by-id",
     .files = {user_files, ch340_files, FILES(BY_ID)},
     .rom = "g0b1",
     .port = "/dev/serial/by-id/usb-1a86-if00",
     .set = fresh},
    {.name = "the chip that was named",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .device = "g0b1",
     .set = fresh},
    {.name = "ModemManager runs, and is strict",
     .files = {user_files, ch340_files,
               FILES("/proc/640/comm=ModemManager",
                     "/proc/640/cmdline=/usr/sbin/ModemManager\\0--filter-policy=strict")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "ModemManager runs, and a rule keeps it away",
     .files = {user_files, ch340_files,
               FILES("/proc/640/comm=ModemManager", "/proc/640/fd/4->/dev/ttyUSB3",
                     "/proc/640/cmdline=/usr/sbin/ModemManager\\0--filter-policy=DEFAULT",
                     "/run/udev/data/c188:0=E:ID_MM_DEVICE_IGNORE=1")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "brltty runs without an adapter",
     .files = {user_files, ch340_files,
               FILES("/proc/700/comm=brltty", "/proc/700/fd/0->/dev/tty1")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "the lock of a program that has ended",
     .files = {user_files, ch340_files, FILES("/run/lock/LCK..ttyUSB0=       813")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "the console is another port",
     .files = {user_files, ch340_files, FILES("/sys/class/tty/console/active=tty0 ttyUSB01")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "a ROM at the port of the console",
     .files = {user_files, ch340_files, FILES("/sys/class/tty/console/active=ttyUSB0")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "anybody may use the port",
     .files = {stranger_files, ch340_files, FILES("/dev/ttyUSB0:666")},
     .rom = "g0b1",
     .set = fresh},
    {.name = "a ROM on USB", .files = {user_files}, .port = "usb:", .set = on_usb},
    {.name = "a ROM on USB that starts in dfuERROR",
     .files = {user_files},
     .port = "usb:",
     .device = "f04",
     .set = starts_in_error},
    {.name = "a ROM on USB beside an ST-LINK",
     .files = {user_files, stlink_files},
     .port = "usb:",
     .device = "f411",
     .set = beside_stlink},
    {.name = "a port that is only looked at", .files = {user_files, ch340_files}, .passive = true},
    {.name = "a port without chip that is only looked at",
     .files = {user_files, FILES("/dev/ttyS4:660", "/sys/class/tty/ttyS4/type=0")},
     .port = "/dev/ttyS4",
     .passive = true},
    {.name = NULL},
};
