// cases_line.c: lines over which no ROM answers, and what comes over them instead.
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

static void no_parity(void)
{
    wire.no_parity = true;
}

static void only_9600(void)
{
    wire.only_baud = 9600;
}

static void gone_after_first_byte(void)
{
    wire.gone_after = 1;
}

static void echo(void)
{
    wire.echo = true;
}

static void echo_and_rom(void)
{
    wire.echo = true;
    wire.end = END_ROM;
}

static void prints(const char *text, unsigned baud, unsigned every_ms)
{
    wire.text = text;
    wire.text_baud = baud;
    wire.text_ms = every_ms;
}

static void kernel_prints(void)
{
    prints("[   12.345] usb 1-2: new device\r\n", 115200, 200);
}

static void gps(void)
{
    prints("$GPGGA,123519,4807.038,N,01131.000,E,1*47\r\n", 9600, 100);
}

static void fast_gps(void)
{
    prints("$GNRMC,083559.00,A,4717.11437,N,00833.91522,E*57\r\n", 115200, 100);
}

static void prints_often(void)
{
    prints("temperature 21.5\r\n", 115200, 100);
}

static void prints_each_second(void)
{
    prints("alive\r\n", 115200, 1000);
}

static void prints_at_9600(void)
{
    prints("Hello from 9600\r\n", 9600, 150);
}

static void answers_text(void)
{
    wire.end = END_ANSWERS;
    wire.text = "unknown command\r\n";
}

static void noise(void)
{
    wire.noise_ms = 3;
}

static void garbage(void)
{
    wire.end = END_GARBAGE;
}

static void rom_at_57600(void)
{
    wire.end = END_ROM_READY;
    wire.rom_baud = 57600;
}

static void rom_at_9600(void)
{
    wire.end = END_ROM_READY;
    wire.rom_baud = 9600;
}

static void rom_is_on_usb(void)
{
    fake.absent = false;
}

// Something else was heard first: a baud rate that nobody uses.
static void deaf(void)
{
    wire.end = END_ROM;
    wire.rom_baud = 1000000;
}

#define ASKS_ANY      "/proc/640/cmdline=/usr/sbin/ModemManager\\0--filter-policy=DEFAULT"
#define MODEM_MANAGER "/proc/640/comm=ModemManager"
#define CONSOLE       "/sys/class/tty/console/active=tty0 ttyUSB0"
#define TTY_S4        "/dev/ttyS4:660", "/sys/class/tty/ttyS4/type=0"

const struct doctor_case cases_of_line[] = {
    {.name = "no chip behind ttyS4",
     .cause = "no-uart-behind-port",
     .seen = "ttyS4",
     .files = {user_files, FILES(TTY_S4)},
     .port = "/dev/ttyS4"},
    {.name = "an adapter without parity",
     .cause = "no-parity",
     .seen = "8E1",
     .files = {user_files, ch340_files},
     .set = no_parity},
    {.name = "a port with one rate",
     .cause = "no-baud-rate",
     .seen = "115200",
     .files = {user_files, ch340_files},
     .set = only_9600},
    {.name = "unplugged meanwhile",
     .cause = "port-gone",
     .files = {user_files, ch340_files},
     .set = gone_after_first_byte},
    {.name = "RX and TX are bridged",
     .cause = "echo",
     .seen = "0x7F",
     .files = {user_files, ch340_files},
     .set = echo},
    {.name = "one wire for both directions",
     .cause = "half-duplex-adapter",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = echo_and_rom},
    {.name = "the kernel prints there",
     .cause = "computer-console",
     .seen = "ttyUSB0",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = kernel_prints},
    {.name = "the kernel's console, now silent",
     .cause = "computer-console",
     .seen = "console=ttyUSB0",
     .files = {user_files, ch340_files, FILES(CONSOLE)}},
    {.name = "a GPS receiver",
     .cause = "gps-receiver",
     .seen = "$GPGGA",
     .files = {user_files, ch340_files},
     .set = gps},
    {.name = "an application prints",
     .cause = "application-runs",
     .seen = "temperature 21.5",
     .files = {user_files, ch340_files},
     .set = prints_often},
    {.name = "an application prints once a second",
     .cause = "application-runs",
     .seen = "alive",
     .files = {user_files, ch340_files},
     .set = prints_each_second},
    {.name = "an application prints at 9600 baud",
     .cause = "application-runs-at-other-baud",
     .seen = "--app-baud 9600",
     .files = {user_files, ch340_files},
     .set = prints_at_9600},
    {.name = "an application answers",
     .cause = "application-answers",
     .seen = "unknown command",
     .files = {user_files, ch340_files},
     .set = answers_text},
    {.name = "noise",
     .cause = "noise",
     .seen = "0x",
     .files = {user_files, ch340_files},
     .set = noise},
    {.name = "garbage",
     .cause = "garbage",
     .seen = "0xF8 0x81",
     .files = {user_files, ch340_files},
     .set = garbage},
    {.name = "a ROM at 57600 baud",
     .cause = "rom-at-other-baud",
     .seen = "--baud 57600",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = rom_at_57600},
    {.name = "a ROM at 9600 baud",
     .cause = "rom-at-other-baud",
     .seen = "--baud 9600",
     .files = {user_files, ch340_files},
     .rom = "f405",
     .set = rom_at_9600},
    {.name = "the ROM has chosen USB",
     .cause = "rom-on-usb",
     .seen = "bootleap info usb:1-2.3",
     .files = {user_files, ch340_files},
     .set = rom_is_on_usb},
    {.name = "the port of the application itself",
     .cause = "port-of-application",
     .seen = "--rom-port usb:",
     .files = {user_files, cdc_files},
     .port = "/dev/ttyACM0"},
    {.name = "ModemManager may ask any port",
     .cause = "modem-manager-probes",
     .seen = "systemctl stop ModemManager",
     .files = {user_files, ch340_files, FILES(MODEM_MANAGER, ASKS_ANY)},
     .rom = "g0b1",
     .set = deaf},
    {.name = "ModemManager is told to ask this one",
     .cause = "modem-manager-probes",
     .files = {user_files, ch340_files,
               FILES(MODEM_MANAGER, "/proc/640/cmdline=/usr/sbin/ModemManager",
                     "/run/udev/data/c188:0=S:serial/by-id/usb-1a86\\nE:ID_MM_DEVICE_PROCESS=1")},
     .rom = "g0b1",
     .set = deaf},
    {.name = "the application's own port, and ModemManager",
     .cause = "port-of-application",
     .files = {user_files, cdc_files, FILES(MODEM_MANAGER, ASKS_ANY)},
     .port = "/dev/ttyACM0"},
    {.name = "a ROM that looks at flash",
     .cause = "rom-looks-at-flash",
     .seen = "F04",
     .files = {user_files, ch340_files},
     .device = "f04",
     .more = true},
    {.name = "a chip that ignores BOOT0",
     .cause = "boot0-ignored",
     .seen = "nBOOT_SEL = 0",
     .files = {user_files, ch340_files},
     .device = "c031",
     .more = true},
    {.name = "a ROM that a low pin makes deaf",
     .cause = "deaf-pin",
     .seen = "PB15",
     .files = {user_files, ch340_files},
     .device = "h743",
     .more = true},
    {.name = "option bits that close the ROM",
     .cause = "options-close-rom",
     .seen = "TZEN",
     .files = {user_files, ch340_files},
     .device = "u575",
     .among = true},
    {.name = "BOOT_LOCK",
     .cause = "options-close-rom",
     .seen = "BOOT_LOCK",
     .files = {user_files, ch340_files},
     .device = "g0b1",
     .among = true},
    {.name = "the port of an ST-LINK",
     .cause = "stlink-on-other-usart",
     .seen = "0483:374b",
     .files = {user_files, stlink_files},
     .port = "/dev/ttyACM0"},
    {.name = "wires at other pins",
     .cause = "wiring",
     .seen = "bootleap pins f411",
     .files = {user_files, ch340_files},
     .device = "f411"},
    {.name = "RX and TX are swapped",
     .cause = "nothing-answers",
     .seen = "/dev/ttyUSB0",
     .files = {user_files, ch340_files}},
    {.name = "a ROM that heard another byte first",
     .cause = "nothing-answers",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = deaf},
    {.name = "the console, and a bridge of RX and TX",
     .cause = "echo",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = echo},
    {.name = "the console, and one wire for both directions",
     .cause = "half-duplex-adapter",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .rom = "g0b1",
     .set = echo_and_rom},
    {.name = "the console, and a ROM at 57600 baud",
     .cause = "rom-at-other-baud",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .rom = "g0b1",
     .set = rom_at_57600},
    {.name = "the console prints at 9600 baud",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = prints_at_9600},
    {.name = "the console answers",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = answers_text},
    {.name = "noise at the console",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = noise},
    {.name = "garbage at the console",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .set = garbage},
    {.name = "the console, and ModemManager",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE, MODEM_MANAGER, ASKS_ANY)}},
    {.name = "the console of a named chip",
     .cause = "computer-console",
     .files = {user_files, ch340_files, FILES(CONSOLE)},
     .device = "f411"},
    {.name = "a GPS receiver at 115200 baud",
     .cause = "gps-receiver",
     .files = {user_files, ch340_files},
     .set = fast_gps},
    {.name = "the application's port, and a ROM on USB",
     .cause = "rom-on-usb",
     .files = {user_files, cdc_files},
     .port = "/dev/ttyACM0",
     .set = rom_is_on_usb},
    {.name = "a named chip, and a ROM on USB",
     .cause = "rom-on-usb",
     .files = {user_files, ch340_files, FILES(MODEM_MANAGER, ASKS_ANY)},
     .device = "h743",
     .set = rom_is_on_usb},
    {.name = "a chip that looks at flash, and a ROM on USB",
     .cause = "rom-on-usb",
     .files = {user_files, stlink_files},
     .port = "/dev/ttyACM0",
     .device = "f04",
     .set = rom_is_on_usb},
    {.name = "a chip that ignores BOOT0, and a ROM on USB",
     .cause = "rom-on-usb",
     .files = {user_files, ch340_files},
     .device = "c031",
     .set = rom_is_on_usb},
    {.name = "an ST-LINK's port, and a ROM on USB",
     .cause = "rom-on-usb",
     .files = {user_files, stlink_files},
     .port = "/dev/ttyACM0",
     .set = rom_is_on_usb},
    {.name = "an ST-LINK's port, and ModemManager",
     .cause = "modem-manager-probes",
     .files = {user_files, stlink_files, FILES(MODEM_MANAGER, ASKS_ANY)},
     .port = "/dev/ttyACM0"},
    {.name = "an ST-LINK's port, and a named chip",
     .cause = "wiring",
     .files = {user_files, stlink_files},
     .port = "/dev/ttyACM0",
     .device = "f411"},
    {.name = "a named chip, and its own application's port",
     .cause = "port-of-application",
     .files = {user_files, cdc_files},
     .port = "/dev/ttyACM0",
     .device = "f411"},
    {.name = "a named chip, and ModemManager",
     .cause = "modem-manager-probes",
     .files = {user_files, ch340_files, FILES(MODEM_MANAGER, ASKS_ANY)},
     .device = "f411"},
    {.name = NULL},
};
