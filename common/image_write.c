// image_write.c: writes Intel HEX, Motorola S-records and raw bytes.
// SPDX-License-Identifier: MIT
#include "image_write.h"

#include <string.h>
#include <strings.h>

enum { RECORD_BYTES = 16, SREC_RECORD_BYTES = 32 };

// One record of Intel HEX: its length, address, type, data, and a checksum that makes the sum 0.
static bool put_hex_record(FILE *file, unsigned type, uint16_t offset, const uint8_t *data,
                           unsigned count)
{
    unsigned sum = count + (offset >> 8) + (offset & 0xFF) + type;
    bool good = fprintf(file, ":%02X%04X%02X", count, offset, type) > 0;

    for (unsigned i = 0; i < count; i++) {
        sum += data[i];
        good &= fprintf(file, "%02X", data[i]) > 0;
    }
    return good && fprintf(file, "%02X\n", -sum & 0xFF) > 0;
}

static bool put_hex(FILE *file, const struct segment *segment)
{
    enum { DATA = 0, END = 1, BASE = 4 };
    bool good = true;

    for (uint32_t done = 0; done < segment->size && good;) {
        uint32_t address = segment->address + done, left = segment->size - done;
        uint32_t count = RECORD_BYTES - address % RECORD_BYTES;
        const uint8_t base[2] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16)};
        count = count < left ? count : left;
        good = (done && address % 0x10000) || put_hex_record(file, BASE, 0, base, sizeof base);
        good = good && put_hex_record(file, DATA, (uint16_t)address, segment->bytes + done, count);
        done += count;
    }
    return good && put_hex_record(file, END, 0, NULL, 0);
}

// S3 has data for a 32-bit address, S7 ends the file. The checksum makes the sum of length,
// address, data and itself 0xFF.
static bool put_s_record(FILE *file, char type, uint32_t address, const uint8_t *data,
                         unsigned count)
{
    const unsigned length = 4 + count + 1;
    unsigned sum = length;
    bool good = fprintf(file, "S%c%02X%08X", type, length, address) > 0;

    for (unsigned shift = 0; shift < 32; shift += 8) {
        sum += address >> shift & 0xFF;
    }
    for (unsigned i = 0; i < count; i++) {
        sum += data[i];
        good &= fprintf(file, "%02X", data[i]) > 0;
    }
    return good && fprintf(file, "%02X\n", ~sum & 0xFF) > 0;
}

static bool put_srec(FILE *file, const struct segment *segment)
{
    bool good = true;

    for (uint32_t done = 0; done < segment->size && good; done += SREC_RECORD_BYTES) {
        uint32_t left = segment->size - done;
        unsigned count = left < SREC_RECORD_BYTES ? left : (unsigned)SREC_RECORD_BYTES;
        good = put_s_record(file, '3', segment->address + done, segment->bytes + done, count);
    }
    return good && put_s_record(file, '7', 0, NULL, 0);
}

bool image_write(FILE *file, enum image_format format, const struct segment *segment)
{
    switch (format) {
    case IMAGE_HEX:
        return put_hex(file, segment);
    case IMAGE_SREC:
        return put_srec(file, segment);
    default:
        return fwrite(segment->bytes, 1, segment->size, file) == segment->size;
    }
}

enum image_format image_write_format(const char *name)
{
    static const struct {
        const char *end;
        enum image_format format;
    } ends[] = {
        {".hex", IMAGE_HEX},  {".ihex", IMAGE_HEX}, {".srec", IMAGE_SREC}, {".s19", IMAGE_SREC},
        {".s28", IMAGE_SREC}, {".s37", IMAGE_SREC}, {".mot", IMAGE_SREC},
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++) {
        if (strcasecmp(dot, ends[i].end) == 0) {
            return ends[i].format;
        }
    }
    return IMAGE_BINARY;
}
