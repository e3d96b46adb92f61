// devices_option_fields.h: the option bytes by ST's names, as a ROM reads and writes them.
// SPDX-License-Identifier: MIT
//
// Part of devices.h. The values are those of devices/option-fields/*.toml, which devices/README.md
// explains.
#ifndef BOOTLEAP_COMMON_DEVICES_OPTION_FIELDS_H
#define BOOTLEAP_COMMON_DEVICES_OPTION_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

// How values stand in an area.
enum option_store {
    OPTION_STORE_PLAIN,                 // as they are
    OPTION_STORE_BYTE_PAIRS,            // each byte, and its complement behind it
    OPTION_STORE_HALF_WORDS,            // the same of 16 bits
    OPTION_STORE_HALF_WORDS_WHEN_SHOWN, // ... where the chip shows such a complement
    OPTION_STORE_WORDS,                 // the same of 32 bits
    OPTION_STORE_NEXT_WORD,             // what is in force; what shall be is the word behind it
    OPTION_STORE_READ_ONLY,             // nobody has published how they are written
};

// What can be lost by a change of a field.
enum option_risk {
    OPTION_RISK_NONE,
    OPTION_RISK_READOUT,  // the level of readout protection
    OPTION_RISK_FOREVER,  // it may never be changed again
    OPTION_RISK_WRITE,    // pages can no longer be erased and written
    OPTION_RISK_PCROP,    // pages can no longer be read
    OPTION_RISK_SECURE,   // code can no longer reach parts of the chip
    OPTION_RISK_BOOT,     // the ROM may not start any more
    OPTION_RISK_BANKS,    // flash stands at other addresses
    OPTION_RISK_WATCHDOG, // a watchdog runs from each reset on
};

// An area that one Read Memory reads, and one Write Memory at its start writes as a whole.
struct option_area {
    uint32_t start;
    uint32_t size; // in bytes
    enum option_store store;
};

struct option_field {
    const char *name; // ST's
    uint32_t address; // of the word, or the byte, with its bits
    uint32_t mask;
    enum option_risk risk;
};

// A field that some versions of the ROM cannot write.
struct option_refused {
    const char *field;
    const uint16_t *versions; // 0-terminated
    const char *why;
};

struct option_layout {
    const struct option_area *areas;      // terminated by size 0
    const struct option_field *fields;    // terminated by name NULL
    const struct option_refused *refused; // terminated by field NULL
    bool inferred;                        // nobody has published how this ROM takes them
};

#endif
