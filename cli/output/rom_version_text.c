// rom_version_text.c: the last digit is the minor version, what is before it the major one.
// SPDX-License-Identifier: MIT
#include "rom_version_text.h"

#include <stdio.h>

const char *rom_version_text(uint16_t id, char text[ROM_VERSION_TEXT_BYTES])
{
    if (id) {
        snprintf(text, ROM_VERSION_TEXT_BYTES, "V%u.%u", (unsigned)id >> 4, id & 15u);
    } else {
        snprintf(text, ROM_VERSION_TEXT_BYTES, "unknown");
    }
    return text;
}
