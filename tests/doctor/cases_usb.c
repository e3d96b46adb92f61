// cases_usb.c: devices on USB that are no ROM of ST's, cannot be opened, or are left in an error.
// SPDX-License-Identifier: MIT
#include "cases.h"

#include "fake_usb.h"

#include <stddef.h>

#define FILES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const struct usb_found gd32 = {
    .vendor = 0x28E9, .product = 0x0189, .roles = USB_ROLE_DFU, .path = "1-5"};
static const struct usb_found at32 = {
    .vendor = 0x2E3C, .product = 0xDF11, .roles = USB_ROLE_DFU, .path = "1-5"};
static const struct usb_found apm32 = {
    .vendor = 0x314B, .product = 0x0106, .roles = USB_ROLE_DFU, .path = "1-5"};
static const struct usb_found maple = {
    .vendor = 0x1EAF, .product = 0x0003, .roles = USB_ROLE_DFU, .path = "1-5"};
static const struct usb_found runtime = {
    .vendor = 0x1209, .product = 0x0001, .roles = USB_ROLE_RUNTIME, .path = "1-5"};
static const struct usb_found second = {
    .vendor = 0x0483, .product = 0xDF11, .roles = USB_ROLE_DFU, .path = "1-5"};
static const struct usb_found cdc = {
    .vendor = 0x0483, .product = 0x5740, .roles = USB_ROLE_SERIAL, .path = "1-3"};
static const struct usb_found stlink = {
    .vendor = 0x0483, .product = 0x374B, .roles = USB_ROLE_SERIAL, .path = "1-4"};

static const struct usb_found both[] = {
    {.vendor = 0x0483, .product = 0x5740, .roles = USB_ROLE_SERIAL, .path = "1-3"},
    {.vendor = 0x0483, .product = 0x374B, .roles = USB_ROLE_SERIAL, .path = "1-4"},
};

static void only(const struct usb_found *found)
{
    fake.absent = true;
    fake.others = found;
    fake.other_count = 1;
}

static void only_gd32(void)
{
    only(&gd32);
}

static void only_at32(void)
{
    only(&at32);
}

static void only_apm32(void)
{
    only(&apm32);
}

static void only_maple(void)
{
    only(&maple);
}

static void only_runtime(void)
{
    only(&runtime);
}

static void only_cdc(void)
{
    only(&cdc);
}

static void only_stlink(void)
{
    only(&stlink);
}

static void cdc_and_stlink(void)
{
    only(both);
    fake.other_count = 2;
}

static void two(void)
{
    only(&second);
    fake.absent = false;
}

static void there(void)
{
    fake.absent = false;
}

static void may_not_open(void)
{
    there();
    fake.may_not_open = true;
}

static void busy(void)
{
    there();
    fake.is_busy = true;
}

static void other_strings(void)
{
    there();
    fake.strings[4] = "@Flash of my loader /0x08004000/12*004Kg";
}

static void sticks(void)
{
    there();
    fake.state = DFU_MANIFEST_WAIT_RESET;
}

static void silent(void)
{
    there();
    fake.fails_at = 2; // behind the first look at its state
    fake.fault = FAULT_TIMEOUT;
}

static void in_error(void)
{
    there();
    fake.state = DFU_ERROR;
    fake.status = 11;
}

static void option_byte(unsigned index, uint8_t value)
{
    there();
    fake.areas[1].bytes[index] = value;
}

static void level_1(void)
{
    option_byte(1, 0xBB);
}

static void level_2(void)
{
    option_byte(1, 0xCC);
}

static void write_protected(void)
{
    option_byte(8, 0xFE);
}

static void closed(void)
{
    there();
    fake.is_protected = true;
}

#define RULE "/usr/lib/udev/rules.d/70-bootleap.rules:644"

const struct doctor_case cases_of_usb[] = {
    {.name = "a GD32",
     .cause = "clone-on-usb",
     .seen = "GigaDevice GD32",
     .files = {user_files},
     .port = "usb:",
     .set = only_gd32},
    {.name = "an AT32 on USB",
     .cause = "clone-on-usb",
     .seen = "2e3c:df11",
     .files = {user_files},
     .port = "usb:1-5",
     .set = only_at32},
    {.name = "an APM32",
     .cause = "clone-on-usb",
     .seen = "dfu-util -d 314b:0106 -l",
     .files = {user_files},
     .port = "usb:",
     .set = only_apm32},
    {.name = "the loader of a Maple",
     .cause = "other-loader-on-usb",
     .seen = "1eaf:0003",
     .files = {user_files},
     .port = "usb:",
     .set = only_maple},
    {.name = "an application that knows DFU",
     .cause = "application-on-usb",
     .seen = "bootleap enter usb:1-5",
     .files = {user_files},
     .port = "usb:1-5",
     .set = only_runtime},
    {.name = "two ROMs",
     .cause = "several-on-usb",
     .seen = "bootleap doctor usb:1-2.3",
     .files = {user_files},
     .port = "usb:",
     .set = two},
    {.name = "an F103 has no USB in its ROM",
     .cause = "rom-without-usb",
     .seen = "bootleap pins f10medium",
     .files = {user_files},
     .port = "usb:",
     .device = "STM32F103C8T6"},
    {.name = "an F405 without crystal",
     .cause = "usb-needs-crystal",
     .seen = "bootleap devices f405",
     .files = {user_files},
     .port = "usb:",
     .device = "f405"},
    {.name = "a G0B1 without VDDUSB",
     .cause = "usb-needs-supply",
     .seen = "bootleap devices g0b1",
     .files = {user_files},
     .port = "usb:",
     .device = "g0b1"},
    {.name = "the application of the chip is on USB",
     .cause = "serial-application-on-usb",
     .seen = "bootleap enter /dev/ttyACM0 --rom-port usb:",
     .files = {user_files, cdc_files},
     .port = "usb:",
     .set = only_cdc},
    {.name = "only the ST-LINK is on USB",
     .cause = "only-the-probe-on-usb",
     .seen = "usb:1-4",
     .files = {user_files},
     .port = "usb:0483:df11",
     .set = only_stlink},
    {.name = "nothing is on USB", .cause = "no-rom-on-usb", .files = {user_files}, .port = "usb:"},
    {.name = "no udev rule",
     .cause = "no-udev-rule",
     .seen = "/dev/bus/usb/001/007",
     .files = {user_files},
     .port = "usb:",
     .set = may_not_open},
    {.name = "a udev rule of which the device knows nothing",
     .cause = "rule-not-in-force",
     .seen = "udevadm trigger",
     .files = {user_files, FILES(RULE)},
     .port = "usb:",
     .set = may_not_open},
    {.name = "Windows without WinUSB",
     .cause = "windows-driver",
     .seen = "zadig",
     .signs = {SIGN_USB_NO_ACCESS, SIGN_WINDOWS}},
    {.name = "dfu-util has the device",
     .cause = "port-busy",
     .seen = "dfu-util (process 900)",
     .files = {user_files,
               FILES("/proc/900/comm=dfu-util", "/proc/900/fd/7->/dev/bus/usb/001/007")},
     .port = "usb:",
     .set = busy},
    {.name = "ST's id on somebody's loader",
     .cause = "other-loader-with-st-id",
     .seen = "Flash of my loader",
     .files = {user_files},
     .port = "usb:1-2.3",
     .set = other_strings},
    {.name = "a ROM that wants a reset",
     .cause = "dfu-stuck",
     .files = {user_files},
     .port = "usb:",
     .set = sticks},
    {.name = "a bad cable",
     .cause = "dfu-silent",
     .seen = "no answer",
     .files = {user_files},
     .port = "usb:",
     .set = silent},
    {.name = "left in dfuERROR",
     .cause = "dfu-left-in-error",
     .seen = "errVENDOR",
     .files = {user_files},
     .port = "usb:",
     .set = in_error},
    {.name = "another chip on USB than named",
     .cause = "other-chip",
     .seen = "0x431",
     .files = {user_files},
     .port = "usb:",
     .device = "h723",
     .set = there},
    {.name = "protected at level 1",
     .cause = "readout-protection-1",
     .seen = "STM32F411",
     .files = {user_files},
     .port = "usb:",
     .set = level_1},
    {.name = "protected at level 2",
     .cause = "readout-protection-2",
     .files = {user_files},
     .port = "usb:",
     .set = level_2},
    {.name = "a write protected sector",
     .cause = "write-protection",
     .seen = "0x08000000 to 0x08003FFF",
     .files = {user_files},
     .port = "usb:",
     .set = write_protected},
    {.name = "reads are refused over USB",
     .cause = "reads-nothing",
     .files = {user_files},
     .port = "usb:",
     .device = "f411",
     .set = closed},
    {.name = "an F103 and its application on USB",
     .cause = "rom-without-usb",
     .files = {user_files, cdc_files},
     .port = "usb:",
     .device = "f10medium",
     .set = only_cdc},
    {.name = "an F103 and its ST-LINK on USB",
     .cause = "rom-without-usb",
     .files = {user_files, stlink_files},
     .port = "usb:",
     .device = "f10medium",
     .set = only_stlink},
    {.name = "an application and the ST-LINK on USB",
     .cause = "serial-application-on-usb",
     .files = {user_files, cdc_files},
     .port = "usb:",
     .set = cdc_and_stlink},
    {.name = "Windows with the rule of a Linux package",
     .cause = "windows-driver",
     .signs = {SIGN_USB_NO_ACCESS, SIGN_WINDOWS, SIGN_RULE_INSTALLED}},
    {.name = NULL},
};
