// image_hex.c: reads Intel HEX, record types 00 to 05, and believes no record unchecked.
// SPDX-License-Identifier: MIT
#include "image_text.h"

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
    struct text text;
    uint32_t base;
    bool segmented; // the base is a segment's: offsets wrap at 64 KB
    bool ended;
    bool merged; // something follows an end record
};

static const char *path_of(const struct hex *hex)
{
    return hex->text.source->path;
}

// Reads the record at the position into `bytes` and explains it in *record.
static int read_record(struct hex *hex, uint8_t bytes[RECORD_MAX], struct record *record,
                       struct problem *problem)
{
    const struct text *text = &hex->text;
    unsigned line = text->line, count;

    if (text->source->bytes[text->position] != ':') {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: a record starts with ':', this line does not",
                           path_of(hex), line);
    }
    hex->text.position++;
    int error = text_bytes(&hex->text, bytes, RECORD_MAX, &count, problem);
    if (error) {
        return error;
    }
    if (count < RECORD_OVERHEAD || count != bytes[0] + (unsigned)RECORD_OVERHEAD) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the record has %u bytes, its length says %u",
                           path_of(hex), line, count,
                           count ? bytes[0] + (unsigned)RECORD_OVERHEAD : 0);
    }
    uint8_t sum = text_sum(bytes, count); // of a whole record, checksum included, it is 0
    if (sum != 0) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the checksum is 0x%02X, should be 0x%02X", path_of(hex),
                           line, bytes[count - 1], (uint8_t)(bytes[count - 1] - sum));
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
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the record runs over the end of its 64 KB segment",
                           path_of(hex), hex->text.line);
    }
    return image_append(image, hex->text.source, hex->base + record->offset, record->data,
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
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: record type %02X does not exist in Intel HEX",
                           path_of(hex), hex->text.line, record->type);
    }
    if (record->length != lengths[record->type]) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: a record of type %02X has %u bytes, not %u",
                           path_of(hex), hex->text.line, record->type, lengths[record->type],
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
    struct text text = text_begin(source);

    if (!text_next(&text) || source->bytes[text.position] != ':') {
        return false;
    }
    for (size_t i = text.position + 1; i < source->size && i < text.position + 3; i++) {
        uint8_t character = source->bytes[i];
        if (text_digit(character) < 0) {
            return character == '\r' || character == '\n';
        }
    }
    return true;
}

// Two files, one behind the other: each begins at address 0.
static void begin_next_file(struct hex *hex, struct image *image)
{
    if (!hex->merged) {
        image_note(image, "data behind the end record, at line %u: read as two files in one",
                   hex->text.line);
    }
    hex->merged = true;
    hex->ended = hex->segmented = false;
    hex->base = 0;
}

int image_hex_read(struct image *image, const struct source *source, struct problem *problem)
{
    struct hex hex = {.text = text_begin(source)};
    uint8_t bytes[RECORD_MAX];
    struct record record = {0};

    image->format = IMAGE_HEX;
    while (text_next(&hex.text)) {
        if (hex.ended) {
            begin_next_file(&hex, image);
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
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the file stops without an end record (:00000001FF)",
                           source->path, hex.text.line);
    }
    return 0;
}
