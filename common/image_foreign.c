// image_foreign.c: knows files that people give by mistake, by what they begin with.
// SPDX-License-Identifier: MIT
#include "image_bytes.h"
#include "image_text.h"

#include <ctype.h>
#include <string.h>

struct kind {
    size_t offset;
    const char *magic;
    size_t size; // of the magic
    const char *what, *try_this;
};

static const char unpack[] = "unpack it, and give the firmware file that is in it";
static const char in_its_place[] = "the firmware file in its place";
static const char raw[] = "the raw file: what was saved is the page around it";
static const char linked[] = "the program that was linked from it";

static const struct kind kinds[] = {
    {0, "PK\3\4", 4, "a zip archive", unpack},
    {0, "PK\5\6", 4, "a zip archive without a file", in_its_place},
    {0, "\x1F\x8B\x08", 3, "a gzip archive", unpack},
    {1, "7zXZ\0", 5, "an xz archive", unpack},
    {0, "7z\xBC\xAF\x27\x1C", 6, "a 7z archive", unpack},
    {0, "Rar!\x1A\x07", 6, "a rar archive", unpack},
    {4, "1AY&SY", 6, "a bzip2 archive", unpack},
    {0, "\x28\xB5\x2F\xFD", 4, "a zstd archive", unpack},
    {257, "ustar", 5, "a tar archive", unpack},
    {0, "!<arch>\n", 8, "a static library", linked},
    {0, "!<thin>\n", 8, "a static library", linked},
    {0, "%PDF-", 5, "a PDF document", in_its_place},
    {0, "\x89PNG\r\n", 6, "a picture (PNG)", in_its_place},
    {0, "\xFE\xED\xFA\xCE", 4, "a program for macOS (Mach-O)", in_its_place},
    {0, "\xCE\xFA\xED\xFE", 4, "a program for macOS (Mach-O)", in_its_place},
    {0, "\xFE\xED\xFA\xCF", 4, "a program for macOS (Mach-O)", in_its_place},
    {0, "\xCF\xFA\xED\xFE", 4, "a program for macOS (Mach-O)", in_its_place},
    {0, "\xCA\xFE\xBA\xBE", 4, "a program for macOS or for Java", in_its_place},
    {0, "version https://git-lfs.github.com/", 35, "a pointer of Git LFS, not the file itself",
     "git lfs pull"},
};

// What a text begins with behind blanks, in lower case.
static const struct kind texts[] = {
    {0, "<!doctype html", 14, "a web page", raw},
    {0, "<html", 5, "a web page", raw},
    {0, "<head", 5, "a web page", raw},
    {0, "<!--", 4, "a web page, or another text of that kind", raw},
    {0, "<?xml", 5, "an XML text", in_its_place},
};

static bool begins_with(const struct source *source, size_t at, const struct kind *kind, bool folds)
{
    if (at > source->size || kind->size > source->size - at) {
        return false;
    }
    for (size_t i = 0; i < kind->size; i++) {
        uint8_t byte = source->bytes[at + i];
        if (folds && byte >= 'A' && byte <= 'Z') {
            byte = (uint8_t)(byte - 'A' + 'a');
        }
        if (byte != (uint8_t)kind->magic[i]) {
            return false;
        }
    }
    return true;
}

static const struct kind *kind_of(const struct source *source)
{
    size_t start = text_begin(source).position;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (begins_with(source, kinds[i].offset, &kinds[i], false)) {
            return &kinds[i];
        }
    }
    while (start < source->size && (source->bytes[start] <= ' ' && source->bytes[start] >= '\t')) {
        start++;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (begins_with(source, start, &texts[i], true)) {
            return &texts[i];
        }
    }
    return NULL;
}

// "MZ" alone could be a stack pointer's bytes; behind it lies where the letters "PE" are.
static const struct kind *program_for_windows(const struct source *source)
{
    static const struct kind windows = {0, "MZ", 2, "a program for Windows", in_its_place};
    enum { NEW_HEADER_AT = 0x3C };

    if (!begins_with(source, 0, &windows, false) || source->size < NEW_HEADER_AT + 4) {
        return NULL;
    }
    uint32_t at = word_at(source->bytes + NEW_HEADER_AT);
    bool has = at <= source->size - 2 && memcmp(source->bytes + at, "PE", 2) == 0;
    return has ? &windows : NULL;
}

// A record's first letter and a digit, each beside a zero.
static bool begins_wide(const uint8_t *bytes, size_t letter)
{
    return (bytes[letter] == ':' || bytes[letter] == 'S') && bytes[1 - letter] == 0 &&
           text_digit(bytes[2 + letter]) >= 0 && bytes[3 - letter] == 0;
}

// A text of records with two bytes a character, as some editors save it.
static const struct kind *wide_text(const struct source *source)
{
    static const struct kind wide = {0, "", 0, "a text in UTF-16",
                                     "save it as plain text: in ASCII or UTF-8"};
    const uint8_t *bytes = source->bytes;

    if (source->size < 6) {
        return NULL;
    }
    bool little = bytes[0] == 0xFF && bytes[1] == 0xFE && bytes[3] == 0 && bytes[5] == 0;
    bool big = bytes[0] == 0xFE && bytes[1] == 0xFF && bytes[2] == 0 && bytes[4] == 0;
    return little || big || begins_wide(bytes, 0) || begins_wide(bytes, 1) ? &wide : NULL;
}

// A raw binary has no mark of its own. One that is called like a file of another format is more
// likely such a file, damaged from its first byte on.
static const char *format_by_name(const char *path)
{
    static const struct {
        const char *ending, *format;
    } endings[] = {
        {".hex", "Intel HEX"},  {".ihex", "Intel HEX"}, {".ihx", "Intel HEX"},
        {".s19", "S-records"},  {".s28", "S-records"},  {".s37", "S-records"},
        {".srec", "S-records"}, {".mot", "S-records"},  {".elf", "ELF"},
        {".axf", "ELF"},        {".dfu", "DFU"},        {".uf2", "UF2"},
    };
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(endings[i].ending);
        size_t same = 0;
        while (same < length && tolower((unsigned char)dot[same]) == endings[i].ending[same]) {
            same++;
        }
        if (same == length && dot[length] == '\0') {
            return endings[i].format;
        }
    }
    return NULL;
}

int image_binary_name_check(const struct source *source, struct problem *problem)
{
    const char *format = format_by_name(source->path);

    return format
               ? problem_set(problem, EXIT_USAGE,
                             "build it again, or copy it again; call it .bin if it is a raw binary",
                             "%s: its name says %s, its content does not", source->path, format)
               : 0;
}

int image_foreign_refuse(const struct source *source, struct problem *problem)
{
    const struct kind *kind = kind_of(source);

    kind = kind ? kind : program_for_windows(source);
    kind = kind ? kind : wide_text(source);
    if (kind == NULL) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, kind->try_this, "%s: this is %s", source->path,
                       kind->what);
}
