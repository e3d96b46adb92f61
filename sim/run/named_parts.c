// named_parts.c: reads the names of parts out of the texts and the debug information of an ELF.
// SPDX-License-Identifier: MIT
#include "named_parts.h"

#include "device_typed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    MOST_BYTES = 64 << 20, // of a file that is read
    MOST_WORDS = 20000,    // that are looked at: there may be one a line of the source
    LEAST = 9,             // letters of "stm32f1xx": less names no series
};

static const char begin[] = "stm32";

// Whether a word may stand for this macro: an x on either side is any letter or digit, and what is
// longer than the other one does not count.
static bool is_alike(const char *word, const char *part)
{
    for (; *word && *part; word++, part++) {
        bool any = tolower((unsigned char)*word) == 'x';
        if (!any && !device_letter_fits(*part, *word)) {
            return false;
        }
    }
    return true;
}

static bool may_be(const char *word, const struct device *device)
{
    for (const char *const *part = device->parts; *part; part++) {
        if (is_alike(word, *part)) {
            return true;
        }
    }
    return false;
}

static bool is_known(const char *word)
{
    for (size_t i = 0; i < device_count; i++) {
        if (may_be(word, &devices[i])) {
            return true;
        }
    }
    return false;
}

// The word that begins at `text`, of at most `room` bytes.
static void take_word(const char *text, size_t room, char word[NAMED_PART_ROOM])
{
    size_t length = 0;

    while (length < room && length < NAMED_PART_ROOM - 1 && isalnum((unsigned char)text[length])) {
        word[length] = text[length];
        length++;
    }
    word[length] = '\0';
}

// Where the next "stm32" is, in whatever letters; NULL: nowhere.
static const char *find_begin(const char *text, const char *end)
{
    size_t length = sizeof begin - 1;

    while ((size_t)(end - text) >= length) {
        const char *low = memchr(text, 's', (size_t)(end - text) - length + 1);
        const char *high = memchr(text, 'S', (size_t)((low ? low : end - length + 1) - text));
        const char *at = high ? high : low;
        if (!at || strncasecmp(at, begin, length) == 0) {
            return at;
        }
        text = at + 1;
    }
    return NULL;
}

// Libraries name a driver by the part that had it first, "stm32f107_usb_driver": no such word
// counts, but "stm32f1xx_hal.c" does.
static bool names_part(const char *text, const char *end, const char *word)
{
    size_t length = strlen(word);
    bool goes_on = length < (size_t)(end - text) && text[length] == '_';

    return length >= LEAST && (!goes_on || strpbrk(word, "xX"));
}

static bool differ(const char *text, const char *end, const struct device *device,
                   char first[NAMED_PART_ROOM])
{
    char word[NAMED_PART_ROOM];
    bool is_part;

    first[0] = '\0';
    for (unsigned i = 0; i < MOST_WORDS && (text = find_begin(text, end)); i++) {
        take_word(text, (size_t)(end - text), word);
        is_part = names_part(text, end, word);
        text += sizeof begin - 1;
        if (!is_part) {
            continue;
        }
        if (may_be(word, device)) {
            return false;
        }
        if (!first[0] && is_known(word)) {
            memcpy(first, word, NAMED_PART_ROOM);
        }
    }
    return first[0] != '\0';
}

bool named_parts_differ(const char *path, const struct device *device, char word[NAMED_PART_ROOM])
{
    FILE *file = fopen(path, "rb");
    char *bytes = file ? malloc(MOST_BYTES) : NULL;
    bool found = false;

    if (bytes) {
        size_t size = fread(bytes, 1, MOST_BYTES, file);
        found = differ(bytes, bytes + size, device, word);
    }
    free(bytes);
    if (file) {
        fclose(file);
    }
    return found;
}
