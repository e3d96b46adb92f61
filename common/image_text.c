// image_text.c: goes through a text of records, one a line.
// SPDX-License-Identifier: MIT
#include "image_text.h"

#include <string.h>

enum { CTRL_Z = 0x1A };

const char text_damaged[] = "the file is damaged: build it again, or copy it again";

struct text text_begin(const struct source *source)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    bool marked = source->size >= sizeof mark && memcmp(source->bytes, mark, sizeof mark) == 0;

    return (struct text){.source = source, .position = marked ? sizeof mark : 0, .line = 1};
}

static bool is_blank(uint8_t character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

static bool is_comment(const struct text *text)
{
    const uint8_t *at = text->source->bytes + text->position;
    size_t left = text->source->size - text->position;

    return at[0] == ';' || at[0] == '#' || (left > 1 && at[0] == '/' && at[1] == '/');
}

// Editors and transfers of old fill the last block of a text with these.
static bool is_filled(const struct text *text)
{
    for (size_t i = text->position; i < text->source->size; i++) {
        uint8_t character = text->source->bytes[i];
        if (character != CTRL_Z && character != '\0' && !is_blank(character)) {
            return false;
        }
    }
    return true;
}

static void skip_comment(struct text *text)
{
    while (text->position < text->source->size && text->source->bytes[text->position] != '\n' &&
           text->source->bytes[text->position] != '\r') {
        text->position++;
    }
}

bool text_next(struct text *text)
{
    while (text->position < text->source->size) {
        uint8_t character = text->source->bytes[text->position];
        if (is_blank(character)) {
            text->line += character == '\n';
            text->position++;
        } else if (is_comment(text)) {
            skip_comment(text);
        } else if ((character == CTRL_Z || character == '\0') && is_filled(text)) {
            text->position = text->source->size;
        } else {
            return true;
        }
    }
    return false;
}

int text_digit(uint8_t character)
{
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    if (character >= 'A' && character <= 'F') {
        return character - 'A' + 10;
    }
    if (character >= 'a' && character <= 'f') {
        return character - 'a' + 10;
    }
    return -1;
}

static unsigned decode(struct text *text, uint8_t *bytes, unsigned room)
{
    const struct source *source = text->source;
    unsigned count = 0;

    while (count < room && source->size - text->position > 1) {
        int high = text_digit(source->bytes[text->position]);
        int low = text_digit(source->bytes[text->position + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        bytes[count++] = (uint8_t)(high << 4 | low);
        text->position += 2;
    }
    return count;
}

int text_bytes(struct text *text, uint8_t *bytes, unsigned room, unsigned *count,
               struct problem *problem)
{
    const struct source *source = text->source;

    *count = decode(text, bytes, room);
    if (text->position == source->size || is_blank(source->bytes[text->position]) ||
        is_filled(text)) {
        return 0;
    }
    size_t next =
        text->position + (text_digit(source->bytes[text->position]) >= 0 && *count < room);
    bool ends = next == source->size || is_blank(source->bytes[next]);
    uint8_t character = ends ? '0' : source->bytes[next];
    if (text_digit(character) < 0) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: 0x%02X is not a hexadecimal digit", source->path,
                           text->line, character);
    }
    return problem_set(
        problem, EXIT_USAGE, text_damaged, "%s at line %u: %s", source->path, text->line,
        *count < room ? "the record ends in the middle of a byte" : "the record is too long");
}

uint8_t text_sum(const uint8_t *bytes, unsigned count)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < count; i++) {
        sum += bytes[i];
    }
    return (uint8_t)sum;
}
