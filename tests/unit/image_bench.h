// image_bench.h: bytes that tests open as if they were a firmware file.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_IMAGE_BENCH_H
#define BOOTLEAP_TESTS_IMAGE_BENCH_H

#include "image.h"

enum { BENCH_ADDRESS = 0x08000000 }; // where a raw binary goes

// Returns what image_open() returns.
int bench_open(struct image *image, const void *bytes, size_t size, struct problem *problem);

// The same, for a text that must be read: otherwise the test fails.
void bench_open_text(struct image *image, const char *text);

void bench_assert_segment(const struct image *image, size_t i, uint32_t address, const char *text);

// A text, and a part of the message with which it must be refused.
struct bench_refusal {
    const char *text, *why;
};

void bench_assert_refused(const struct bench_refusal *cases, size_t count);

#endif
