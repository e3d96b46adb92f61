// rom_version_text.h: the version of a ROM or of a protocol as ST writes it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_ROM_VERSION_TEXT_H
#define BOOTLEAP_CLI_ROM_VERSION_TEXT_H

#include <stdint.h>

enum { ROM_VERSION_TEXT_BYTES = 16 };

// "V9.2" for 0x92, "V18.1" for 0x121, "unknown" for 0. The text lies in `text`, which it returns.
const char *rom_version_text(uint16_t id, char text[ROM_VERSION_TEXT_BYTES]);

#endif
