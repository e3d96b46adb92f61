// image_dfu_suffix.c: checks and cuts off the suffix that files for USB DFU end with.
// SPDX-License-Identifier: MIT
//
// "Universal Serial Bus Device Class Specification for Device Firmware Upgrade", version 1.1,
// appendix B. The suffix is read backwards, so that later versions can make it longer.
#include "image_bytes.h"
#include "image_reader.h"

#include <string.h>

enum { SUFFIX_BYTES = 16, CRC_BYTES = 4 };
// Where its fields are, counted from the end of the file.
enum { LENGTH = 5, SIGNATURE = 8, VENDOR = 12, PRODUCT = 14 };

// CRC-32 of IEEE 802.3, without the inversion at its end.
static uint32_t crc_of(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;

    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        }
    }
    return crc;
}

int image_dfu_suffix_cut(struct source *source, struct dfu_suffix *suffix, struct problem *problem)
{
    const uint8_t *end = source->bytes + source->size;

    *suffix = (struct dfu_suffix){0};
    if (source->size < SUFFIX_BYTES || memcmp(end - SIGNATURE, "UFD", 3) != 0) {
        return 0;
    }
    uint8_t length = *(end - LENGTH);
    if (length < SUFFIX_BYTES || length > source->size) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: it ends with a DFU suffix of %u bytes, which cannot be",
                           source->path, length);
    }
    uint32_t crc = crc_of(source->bytes, source->size - CRC_BYTES);
    if (crc != word_at(end - CRC_BYTES)) {
        return problem_set(problem, EXIT_USAGE, dfu_damaged,
                           "%s: the checksum in its DFU suffix is 0x%08X, should be 0x%08X",
                           source->path, (unsigned)word_at(end - CRC_BYTES), (unsigned)crc);
    }
    *suffix = (struct dfu_suffix){length, half_at(end - VENDOR), half_at(end - PRODUCT)};
    source->size -= length;
    if (source->size == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: nothing but a DFU suffix", source->path);
    }
    return 0;
}
