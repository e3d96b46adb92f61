// decode_rows.h: encodings of Thumb, and what they mean.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_DECODE_ROWS_H
#define BOOTLEAP_TESTS_DECODE_ROWS_H

#include <stddef.h>
#include <stdint.h>

enum { DECODE_PLACE = 0x08000100 };

struct decode_row {
    const char *assembly;
    uint16_t first, second; // 0 where it has 16 bits
    const char *text;       // instruction_text.h
};

extern const struct decode_row decode_rows[];
extern const size_t decode_row_count;

#endif
