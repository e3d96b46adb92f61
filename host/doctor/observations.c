// observations.c: keeps the texts of what was seen.
// SPDX-License-Identifier: MIT
#include "observations.h"

#include "plain_text.h"

#include <stddef.h>
#include <stdio.h>

void observations_note(struct observations *seen, enum seen_text text, const char *value)
{
    size_t length = 0;

    for (; value && value[length] && length + 1 < SEEN_TEXT_BYTES; length++) {
        seen->texts[text][length] = value[length];
    }
    seen->texts[text][length] = '\0';
    plain_text_clean(seen->texts[text]);
}

void observations_note_number(struct observations *seen, enum seen_text text, unsigned long value)
{
    snprintf(seen->texts[text], SEEN_TEXT_BYTES, "%lu", value);
}

const char *observations_text_name(unsigned text)
{
    static const char *const names[TEXTS] = {
        [TEXT_PORT] = "port",       [TEXT_NAME] = "name",     [TEXT_USER] = "user",
        [TEXT_GROUP] = "group",     [TEXT_MODE] = "mode",     [TEXT_HOLDER] = "holder",
        [TEXT_PID] = "pid",         [TEXT_FILE] = "file",     [TEXT_ERROR] = "error",
        [TEXT_OTHER] = "other",     [TEXT_USB] = "usb",       [TEXT_USB_PATH] = "path",
        [TEXT_NODE] = "node",       [TEXT_DRIVER] = "driver", [TEXT_CLONE] = "clone",
        [TEXT_ROM] = "rom",         [TEXT_SERIAL] = "serial", [TEXT_STLINK] = "stlink",
        [TEXT_BAUD] = "baud",       [TEXT_HEARD] = "heard",   [TEXT_PRODUCT] = "product",
        [TEXT_ROM_ID] = "version",  [TEXT_STATUS] = "status", [TEXT_RANGE] = "range",
        [TEXT_BITS] = "bits",       [TEXT_CHIP] = "chip",     [TEXT_DEVICE] = "device",
        [TEXT_CRYSTAL] = "crystal", [TEXT_BOOT0] = "boot0",   [TEXT_PINS] = "pins",
        [TEXT_OPTIONS] = "options",
    };

    return text < TEXTS ? names[text] : NULL;
}
