// report.h: what is said about a ROM on stdout, as text and as JSON.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_REPORT_H
#define BOOTLEAP_CLI_REPORT_H

#include "rom.h"

#include <jansson.h>

// Adds device, name, product, protocol and rom_version of a ROM; null where it is not known.
void report_add_rom(json_t *object, const struct rom *rom);

// "STM32F40xxx/41xxx (f405)", or what is known of a chip that the table does not have. The text
// lies in `text`, which it returns.
enum { REPORT_NAME_BYTES = 96 };
const char *report_name(const struct rom *rom, char text[REPORT_NAME_BYTES]);

// "V9.2" for 0x92, "V18.1" for 0x121, "unknown" for 0.
enum { REPORT_VERSION_BYTES = 16 };
const char *report_version(uint16_t id, char text[REPORT_VERSION_BYTES]);

// A code or an address as scripts get it: a string, "0x44".
json_t *report_hex(unsigned value, int digits);

// A string; null for "".
json_t *report_text(const char *text);

// An array of the NULL-terminated `texts`.
json_t *report_texts(const char *const *texts);

// Writes the value to stdout and frees it.
void report_json(json_t *value);

#endif
