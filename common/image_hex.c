// image_hex.c: reads Intel HEX, record types 00 to 05, and believes no record unchecked.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

enum record_type {
    RECORD_DATA,
    RECORD_END,
    RECORD_SEGMENT_BASE,
    RECORD_SEGMENT_START,
    RECORD_LINEAR_BASE,
    RECORD_LINEAR_START,
};

// Bytes around the data of a record: length, address (2), type, checksum.
enum { RECORD_OVERHEAD = 5, RECORD_MAX = 255 + RECORD_OVERHEAD };

struct record {
    unsigned length; // of the data
    uint16_t offset;
    unsigned type;
    const uint8_t *data;
};

struct hex {
    const struct source *source;
    size_t position;
    unsigned line;
    uint32_t base;
    bool segmented; // the base is a segment's: offsets wrap at 64 KB
    bool ended;
};

static const char damaged[] = "the file is damaged: build it again, or copy it again";

static int digit(uint8_t character)
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

// Blank lines and the end of a line; counts lines.
static void skip_space(struct hex *hex)
{
    for (; hex->position < hex->source->size; hex->position++) {
        uint8_t character = hex->source->bytes[hex->position];
        if (character == '\n') {
            hex->line++;
        } else if (character != '\r' && character != ' ' && character != '\t') {
            return;
        }
    }
}

// Decodes the pairs of digits from the position on, up to `size` bytes; returns how many.
static unsigned decode(struct hex *hex, uint8_t *bytes, unsigned size)
{
    unsigned count = 0;

    while (count < size && hex->position + 1 < hex->source->size) {
        int high = digit(hex->source->bytes[hex->position]);
        int low = digit(hex->source->bytes[hex->position + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        bytes[count++] = (uint8_t)(high << 4 | low);
        hex->position += 2;
    }
    return count;
}

static bool at_end_of_line(const struct hex *hex)
{
    if (hex->position == hex->source->size) {
        return true;
    }
    uint8_t character = hex->source->bytes[hex->position];
    return character == '\n' || character == '\r' || character == ' ' || character == '\t';
}

// The sum of a whole record, checksum included, is 0.
static uint8_t sum_of(const uint8_t *bytes, unsigned count)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < count; i++) {
        sum += bytes[i];
    }
    return (uint8_t)sum;
}

// Reads the record at the position into `bytes` and explains it in *record.
static int read_record(struct hex *hex, uint8_t bytes[RECORD_MAX], struct record *record,
                       struct problem *problem)
{
    const char *path = hex->source->path;

    if (hex->source->bytes[hex->position] != ':') {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: a record starts with ':', this line does not", path,
                           hex->line);
    }
    hex->position++;
    unsigned count = decode(hex, bytes, RECORD_MAX);
    if (!at_end_of_line(hex) && digit(hex->source->bytes[hex->position]) < 0) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: 0x%02X is not a hexadecimal digit", path, hex->line,
                           hex->source->bytes[hex->position]);
    }
    if (!at_end_of_line(hex)) {
        return problem_set(problem, EXIT_USAGE, damaged, "%s at line %u: %s", path, hex->line,
                           count < RECORD_MAX ? "the record ends in the middle of a byte"
                                              : "the record is too long");
    }
    if (count < RECORD_OVERHEAD || count != bytes[0] + (unsigned)RECORD_OVERHEAD) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: the record has %u bytes, its length says %u", path,
                           hex->line, count, count ? bytes[0] + (unsigned)RECORD_OVERHEAD : 0);
    }
    uint8_t sum = sum_of(bytes, count);
    if (sum != 0) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: the checksum is 0x%02X, should be 0x%02X", path,
                           hex->line, bytes[count - 1], (uint8_t)(bytes[count - 1] - sum));
    }
    record->length = bytes[0];
    record->offset = (uint16_t)(bytes[1] << 8 | bytes[2]);
    record->type = bytes[3];
    record->data = bytes + 4;
    return 0;
}

static int take_data(struct hex *hex, const struct record *record, struct image *image,
                     struct problem *problem)
{
    // In a segment the offset wraps to the segment's start. Nobody's linker does that on
    // purpose, so it is refused instead of followed.
    if (hex->segmented && record->offset + record->length > 0x10000) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: the record runs over the end of its 64 KB segment",
                           hex->source->path, hex->line);
    }
    return image_append(image, hex->source, hex->base + record->offset, record->data,
                        record->length, problem);
}

static int take_record(struct hex *hex, const struct record *record, struct image *image,
                       struct problem *problem)
{
    static const unsigned lengths[] = {
        [RECORD_END] = 0,         [RECORD_SEGMENT_BASE] = 2, [RECORD_SEGMENT_START] = 4,
        [RECORD_LINEAR_BASE] = 2, [RECORD_LINEAR_START] = 4,
    };

    if (record->type == RECORD_DATA) {
        return take_data(hex, record, image, problem);
    }
    if (record->type > RECORD_LINEAR_START) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: record type %02X does not exist in Intel HEX",
                           hex->source->path, hex->line, record->type);
    }
    if (record->length != lengths[record->type]) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: a record of type %02X has %u bytes, not %u",
                           hex->source->path, hex->line, record->type, lengths[record->type],
                           record->length);
    }
    hex->ended = record->type == RECORD_END;
    if (record->type == RECORD_SEGMENT_BASE || record->type == RECORD_LINEAR_BASE) {
        hex->segmented = record->type == RECORD_SEGMENT_BASE;
        hex->base = (uint32_t)(record->data[0] << 8 | record->data[1]);
        hex->base <<= hex->segmented ? 4 : 16;
    }
    return 0; // the start records name an entry point, which a reset does not use
}

bool image_hex_matches(const struct source *source)
{
    struct hex hex = {.source = source};

    skip_space(&hex);
    return hex.position < source->size && source->bytes[hex.position] == ':';
}

int image_hex_read(struct image *image, const struct source *source, struct problem *problem)
{
    struct hex hex = {.source = source, .line = 1};
    uint8_t bytes[RECORD_MAX];
    struct record record = {0};

    image->format = IMAGE_HEX;
    for (skip_space(&hex); hex.position < source->size; skip_space(&hex)) {
        if (hex.ended) {
            return problem_set(problem, EXIT_USAGE, damaged,
                               "%s at line %u: data after the end record", source->path, hex.line);
        }
        int error = read_record(&hex, bytes, &record, problem);
        if (error == 0) {
            error = take_record(&hex, &record, image, problem);
        }
        if (error) {
            return error;
        }
    }
    if (!hex.ended) {
        return problem_set(problem, EXIT_USAGE, damaged,
                           "%s at line %u: the file stops without an end record (:00000001FF)",
                           source->path, hex.line);
    }
    return 0;
}
