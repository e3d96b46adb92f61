// image_bytes.h: numbers in the files of little-endian formats.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_BYTES_H
#define BOOTLEAP_COMMON_IMAGE_BYTES_H

#include <stdint.h>

static inline uint16_t half_at(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t word_at(const uint8_t *bytes)
{
    return half_at(bytes) | (uint32_t)half_at(bytes + 2) << 16;
}

#endif
