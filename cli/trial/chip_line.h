// chip_line.h: the line that a program of `bootleap example` prints each time that it starts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_CHIP_LINE_H
#define BOOTLEAP_CLI_CHIP_LINE_H

#include "virtual_chip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHIP_LINE_BEGIN "bootleap-chip 1 "

enum { CHIP_LINE_WORD_BYTES = 20 };

// Where a program runs, as the chip's unique id says.
enum chip_kind {
    CHIP_BOARD,   // silicon
    CHIP_VIRTUAL, // bootleap-sim
    CHIP_UNKNOWN, // all bits of the unique id are the same: an emulator, or it cannot be read
};

struct chip_line {
    char part[CHIP_LINE_WORD_BYTES];  // CMSIS macro that the program was compiled for
    char usart[CHIP_LINE_WORD_BYTES]; // and its TX pin, "USART1:PA9"
    uint32_t idcode;
    char rom[CHIP_LINE_WORD_BYTES]; // ID byte, two hexadecimal digits, or "none"
    uint32_t uid[UNIQUE_ID_BYTES / 4];
    char origin[CHIP_LINE_WORD_BYTES]; // "reset", "rom", "left-rom", "gave-up"
    char version[CHIP_LINE_WORD_BYTES];
};

// Reads the line, which may stand behind other text. False if it is none.
bool chip_line_parse(const char *text, struct chip_line *line);

// The part in a line that is among these bytes of a program, which need not be a text. False if
// there is none: the program is no example.
bool chip_line_part_in(const uint8_t *bytes, size_t size, char part[CHIP_LINE_WORD_BYTES]);

enum chip_kind chip_line_kind(const struct chip_line *line);

#endif
