// image_srec.c: reads Motorola S-records, S0 to S9, and believes no record unchecked.
// SPDX-License-Identifier: MIT
#include "image_text.h"

// A record is the letter S, its type, and bytes: how many follow, an address of 2 to 4 bytes, data,
// a checksum.
enum { RECORD_MAX = 256 };

struct srec {
    struct text text;
    uint32_t records; // of data, in this file so far
    bool ended;
    bool merged; // something follows an end record
};

struct record {
    unsigned type;
    uint32_t address;
    const uint8_t *data;
    unsigned length; // of the data
};

// Bytes of the address, 0 where there is no such type.
static unsigned address_bytes(unsigned type)
{
    static const unsigned bytes[] = {2, 2, 3, 4, 0, 2, 3, 4, 3, 2};

    return bytes[type];
}

static int read_record(struct srec *srec, uint8_t bytes[RECORD_MAX], struct record *record,
                       struct problem *problem)
{
    const struct source *source = srec->text.source;
    const uint8_t *head = source->bytes + srec->text.position;
    unsigned line = srec->text.line, count;

    if (source->size - srec->text.position < 2 || head[0] != 'S' || head[1] < '0' ||
        head[1] > '9') {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: a record starts with S0 to S9, this line does not",
                           source->path, line);
    }
    record->type = (unsigned)(head[1] - '0');
    unsigned width = address_bytes(record->type);
    srec->text.position += 2;
    int error = text_bytes(&srec->text, bytes, RECORD_MAX, &count, problem);
    if (error) {
        return error;
    }
    if (count == 0 || count != bytes[0] + 1u || width == 0 || count < width + 2) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: an S%u record of %u bytes, its length says %u",
                           source->path, line, record->type, count, count ? bytes[0] + 1u : 0);
    }
    uint8_t sum = text_sum(bytes, count); // of a whole record, checksum included, it is 0xFF
    if (sum != 0xFF) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the checksum is 0x%02X, should be 0x%02X", source->path,
                           line, bytes[count - 1], (uint8_t)(bytes[count - 1] - sum - 1));
    }
    record->address = 0;
    for (unsigned i = 0; i < width; i++) {
        record->address = record->address << 8 | bytes[1 + i];
    }
    record->data = bytes + 1 + width;
    record->length = count - width - 2;
    return 0;
}

static int take_record(struct srec *srec, const struct record *record, struct image *image,
                       struct problem *problem)
{
    const struct source *source = srec->text.source;

    switch (record->type) {
    case 1:
    case 2:
    case 3:
        srec->records++;
        return image_append(image, source, record->address, record->data, record->length, problem);
    case 5:
    case 6: {
        uint32_t mask = record->type == 5 ? 0xFFFF : 0xFFFFFF;
        if (record->address != (srec->records & mask)) {
            return problem_set(problem, EXIT_USAGE, text_damaged,
                               "%s at line %u: it counts %u records of data, the file has %u",
                               source->path, srec->text.line, (unsigned)record->address,
                               (unsigned)srec->records);
        }
        return 0;
    }
    case 0:
        return 0; // a title
    default:
        srec->ended = true; // with an entry point, which a reset does not use
        return 0;
    }
}

bool image_srec_matches(const struct source *source)
{
    struct text text = text_begin(source);

    if (!text_next(&text) || source->size - text.position < 4) {
        return false;
    }
    const uint8_t *at = source->bytes + text.position;
    return at[0] == 'S' && at[1] >= '0' && at[1] <= '9' && text_digit(at[2]) >= 0 &&
           text_digit(at[3]) >= 0;
}

static void begin_next_file(struct srec *srec, struct image *image)
{
    if (!srec->merged) {
        image_note(image, "data behind the end record, at line %u: read as two files in one",
                   srec->text.line);
    }
    srec->merged = true;
    srec->ended = false;
    srec->records = 0;
}

int image_srec_read(struct image *image, const struct source *source, struct problem *problem)
{
    struct srec srec = {.text = text_begin(source)};
    uint8_t bytes[RECORD_MAX];
    struct record record = {0};

    image->format = IMAGE_SREC;
    while (text_next(&srec.text)) {
        if (srec.ended) {
            begin_next_file(&srec, image);
        }
        int error = read_record(&srec, bytes, &record, problem);
        if (error == 0) {
            error = take_record(&srec, &record, image, problem);
        }
        if (error) {
            return error;
        }
    }
    if (!srec.ended) {
        return problem_set(problem, EXIT_USAGE, text_damaged,
                           "%s at line %u: the file stops without an end record (S7, S8 or S9)",
                           source->path, srec.text.line);
    }
    return 0;
}
