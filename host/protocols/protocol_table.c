// protocol_table.c: the protocol of each scheme. A new wire is one more line here.
// SPDX-License-Identifier: MIT
#include "bootloader_open.h"

#include "an3155_bootloader.h"
#include "dfuse_bootloader.h"

#include <string.h>

static const struct {
    const char *scheme;
    int (*open)(struct bootloader **bootloader, const char *port,
                const struct bootloader_settings *settings, struct serial **line,
                struct problem *problem);
} schemes[] = {
    {"serial:", an3155_bootloader_open}, // and what has no scheme
    {"usb:", dfuse_bootloader_open},
};

int bootloader_open(struct bootloader **bootloader, const char *port,
                    const struct bootloader_settings *settings, struct serial **line,
                    struct problem *problem)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (strncmp(port, schemes[i].scheme, strlen(schemes[i].scheme)) == 0) {
            return schemes[i].open(bootloader, port, settings, line, problem);
        }
    }
    return schemes[0].open(bootloader, port, settings, line, problem);
}
