// look_at_programs.c: finds programs that ask each new port what it is.
// SPDX-License-Identifier: MIT
#include "look.h"

#include "system_files.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_BYTES = 32 };

// Where udev keeps what its rules say of a device.
static bool udev_says(const char *root, const char *dev_file, const char *start)
{
    char number[SYSTEM_LINE_BYTES], path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    if (!system_line(root, dev_file, "", number) || strlen(number) >= NUMBER_BYTES) {
        return false;
    }
    snprintf(path, sizeof path, "/run/udev/data/c%s", number);
    return system_line(root, path, start, line) && strcmp(line + strlen(start), "0") != 0;
}

// Of the port, or of the USB device that it is a part of.
static bool is_tagged(const struct observations *seen, const char *root, const char *tag)
{
    char path[SYSTEM_PATH_BYTES], start[SYSTEM_LINE_BYTES];

    snprintf(start, sizeof start, "E:%s=", tag);
    snprintf(path, sizeof path, "/sys/class/tty/%s/dev", seen->texts[TEXT_NAME]);
    if (udev_says(root, path, start)) {
        return true;
    }
    snprintf(path, sizeof path, "/sys/bus/usb/devices/%s/dev", seen->texts[TEXT_USB_PATH]);
    return seen->texts[TEXT_USB_PATH][0] && udev_says(root, path, start);
}

// The policy that lets it ask any port is not named "strict", as usual, and not "allowlist-only".
// Without this option it is strict from version 1.18 on: ModemManager, commit of 2021-06-16
// "filter: remove support for TTY blacklist, TTY greylist and TTY default allowed".
static bool asks_any(const char *root, unsigned long pid)
{
    static const char *const policies[] = {"=default", "=DEFAULT",  "=legacy",
                                           "=LEGACY",  "=paranoid", "=PARANOID"};
    char path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    snprintf(path, sizeof path, "/proc/%lu/cmdline", pid);
    if (!system_line(root, path, "", line)) {
        return false;
    }
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        if (strstr(line, policies[i])) {
            return true;
        }
    }
    return false;
}

void look_at_programs(struct observations *seen, const char *root)
{
    unsigned long modem = system_process(root, "ModemManager");

    seen->signs[SIGN_BRLTTY] = system_process(root, "brltty") != 0;
    seen->signs[SIGN_MODEM_PROBES] =
        modem && !is_tagged(seen, root, "ID_MM_DEVICE_IGNORE") &&
        !is_tagged(seen, root, "ID_MM_PORT_IGNORE") &&
        (asks_any(root, modem) || is_tagged(seen, root, "ID_MM_DEVICE_PROCESS"));
}
