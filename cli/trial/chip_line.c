// chip_line.c: reads the line of a program of `bootleap example`, and tells a virtual chip.
// SPDX-License-Identifier: MIT
#include "chip_line.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID_DIGITS = 8 };

// The next word, behind `key` if there is one. What is no letter, digit or one of ":.-" is in no
// word that the program prints. Moves on past it.
static bool take_word(const char **text, const char *key, char word[CHIP_LINE_WORD_BYTES])
{
    const size_t skip = strlen(key);
    size_t length = 0;

    if (strncmp(*text, key, skip) != 0) {
        return false;
    }
    const char *at = *text + skip;
    while (isalnum((unsigned char)at[length]) || (at[length] && strchr(":.-", at[length]))) {
        length++;
    }
    if (length == 0 || length >= CHIP_LINE_WORD_BYTES) {
        return false;
    }
    memcpy(word, at, length);
    word[length] = '\0';
    *text = at + length + (at[length] == ' ');
    return true;
}

// Exactly eight hexadecimal digits behind `key`. Moves on past them.
static bool take_number(const char **text, const char *key, uint32_t *number)
{
    char digits[ID_DIGITS + 1] = "";
    const size_t skip = strlen(key);

    if (strncmp(*text, key, skip) != 0) {
        return false;
    }
    const char *at = *text + skip;
    for (size_t i = 0; i < ID_DIGITS; i++) {
        if (!isxdigit((unsigned char)at[i])) {
            return false;
        }
        digits[i] = at[i];
    }
    *number = (uint32_t)strtoul(digits, NULL, 16);
    *text = at + ID_DIGITS + (at[ID_DIGITS] == ' ');
    return true;
}

bool chip_line_parse(const char *text, struct chip_line *line)
{
    const char *at = strstr(text, CHIP_LINE_BEGIN);

    *line = (struct chip_line){.part = ""};
    return at && take_word(&at, CHIP_LINE_BEGIN, line->part) && take_word(&at, "", line->usart) &&
           take_number(&at, "idcode=", &line->idcode) && take_word(&at, "rom=", line->rom) &&
           take_number(&at, "uid=", &line->uid[0]) && take_number(&at, "", &line->uid[1]) &&
           take_number(&at, "", &line->uid[2]) && take_word(&at, "origin=", line->origin) &&
           take_word(&at, "version=", line->version);
}

bool chip_line_part_in(const uint8_t *bytes, size_t size, char part[CHIP_LINE_WORD_BYTES])
{
    const size_t begin = strlen(CHIP_LINE_BEGIN);

    for (size_t i = 0; i + begin + CHIP_LINE_WORD_BYTES <= size; i++) {
        if (memcmp(bytes + i, CHIP_LINE_BEGIN, begin) == 0) {
            char text[CHIP_LINE_WORD_BYTES + 1] = "";
            const char *at = text;

            memcpy(text, bytes + i + begin, CHIP_LINE_WORD_BYTES);
            return take_word(&at, "", part);
        }
    }
    return false;
}

// The unique id's word with this number, of bytes as they lie in memory.
static uint32_t word_of(const uint8_t bytes[UNIQUE_ID_BYTES], unsigned number)
{
    const uint8_t *at = bytes + 4 * (size_t)number;

    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

enum chip_kind chip_line_kind(const struct chip_line *line)
{
    bool virtual = true, same = line->uid[0] == 0 || line->uid[0] == UINT32_MAX;

    // The first word is a place on the wafer, which --unique-id of the simulator changes.
    for (unsigned i = 0; i < UNIQUE_ID_BYTES / 4; i++) {
        virtual = virtual && (i == 0 || line->uid[i] == word_of(virtual_chip_id, i));
        same = same && line->uid[i] == line->uid[0];
    }
    return virtual ? CHIP_VIRTUAL : same ? CHIP_UNKNOWN : CHIP_BOARD;
}
