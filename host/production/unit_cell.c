// unit_cell.c: parts a line at its commas, and makes bytes of what stands between them.
// SPDX-License-Identifier: MIT
#include "unit_cell.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char too_long[] = "a cell is longer than 1023 bytes";

// *at stands behind the first quote.
static const char *read_quoted(const char **at, char text[UNIT_CELL_MOST])
{
    size_t length = 0;

    for (const char *from = *at; *from; from++) {
        if (*from == '"' && from[1] != '"') {
            text[length] = '\0';
            *at = from + 1;
            return NULL;
        }
        from += *from == '"';
        if (length == UNIT_CELL_MOST - 1) {
            return too_long;
        }
        text[length++] = *from;
    }
    return "a \" is not closed in its line";
}

static const char *read_plain(const char **at, char text[UNIT_CELL_MOST])
{
    size_t length = strcspn(*at, ",");

    if (memchr(*at, '"', length)) {
        return "a \" stands in the middle of a cell";
    }
    if (length >= UNIT_CELL_MOST) {
        return too_long;
    }
    memcpy(text, *at, length);
    text[length] = '\0';
    *at += length;
    return NULL;
}

const char *unit_cell_read(const char **at, char text[UNIT_CELL_MOST])
{
    bool quoted = **at == '"';

    *at += quoted;
    const char *why = quoted ? read_quoted(at, text) : read_plain(at, text);
    if (why) {
        return why;
    }
    if (**at != ',' && **at != '\0') {
        return "something stands behind a closing \"";
    }
    *at = **at == ',' ? *at + 1 : NULL;
    return NULL;
}

const char *unit_cell_name(struct unit_column *column, const char *text)
{
    static const char unknown[] = "a type is u32, hex, or text16 (any number)";
    const char *type = strchr(text, ':');
    size_t length = type ? (size_t)(type - text) : strlen(text);
    char *end;

    if (length == 0 || length >= UNIT_NAME_BYTES) {
        return length ? "the name of a column is longer than 31 bytes" : "a column has no name";
    }
    *column = (struct unit_column){.kind = UNIT_NONE};
    memcpy(column->name, text, length);
    if (type == NULL) {
        return NULL;
    }
    type++;
    if (strcmp(type, "u32") == 0) {
        column->kind = UNIT_U32;
        column->size = sizeof(uint32_t);
    } else if (strcmp(type, "hex") == 0) {
        column->kind = UNIT_HEX;
    } else if (strncmp(type, "text", 4) == 0 && isdigit((unsigned char)type[4])) {
        unsigned long size = strtoul(type + 4, &end, 10);
        column->kind = UNIT_TEXT;
        column->size = (uint32_t)size;
        return *end || size < 2 || size > UNIT_CELL_MOST ? "textN: N is a number from 2 to 1024"
                                                         : NULL;
    } else {
        return unknown;
    }
    return NULL;
}

static const char *number_bytes(const char *text, uint8_t *bytes)
{
    bool hexadecimal = strncmp(text, "0x", 2) == 0 || strncmp(text, "0X", 2) == 0;
    char *end;

    errno = 0;
    unsigned long long value = strtoull(text, &end, hexadecimal ? 16 : 10);
    if (!isdigit((unsigned char)text[0]) || *end) {
        return "is no number";
    }
    if (errno || value > UINT32_MAX) {
        return "does not fit into 32 bits";
    }
    for (unsigned i = 0; i < sizeof(uint32_t); i++) {
        bytes[i] = (uint8_t)(value >> 8 * i);
    }
    return NULL;
}

static const char *hex_bytes(const char *text, uint8_t *bytes, uint32_t *size)
{
    uint32_t count = 0;

    while (*text) {
        char digits[3] = {text[0], text[1], '\0'};
        if (!isxdigit((unsigned char)digits[0]) || !isxdigit((unsigned char)digits[1])) {
            return "is not pairs of hexadecimal digits";
        }
        bytes[count++] = (uint8_t)strtoul(digits, NULL, 16);
        text += 2;
        text += *text && strchr(":- ", *text) && text[1] ? 1 : 0;
    }
    *size = count;
    return count ? NULL : "is empty";
}

const char *unit_cell_bytes(const struct unit_column *column, const char *text,
                            uint8_t bytes[UNIT_CELL_MOST], uint32_t *size)
{
    *size = column->size;
    memset(bytes, 0, UNIT_CELL_MOST);
    switch (column->kind) {
    case UNIT_U32:
        return number_bytes(text, bytes);
    case UNIT_HEX:
        return hex_bytes(text, bytes, size);
    case UNIT_TEXT:
        if (strlen(text) >= column->size) {
            return "is too long for its column, which ends with a zero byte";
        }
        snprintf((char *)bytes, UNIT_CELL_MOST, "%s", text);
        return *text ? NULL : "is empty";
    default:
        return NULL;
    }
}
