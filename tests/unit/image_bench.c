// image_bench.c: bytes that tests open as if they were a firmware file.
// SPDX-License-Identifier: MIT
#include "image_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int bench_open(struct image *image, const void *bytes, size_t size, struct problem *problem)
{
    char path[] = "/tmp/test_image.XXXXXX";
    FILE *file = fdopen(mkstemp(path), "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    int error = image_open(image, path, BENCH_ADDRESS, problem);
    unlink(path);
    return error;
}

void bench_open_text(struct image *image, const char *text)
{
    struct problem problem;

    if (bench_open(image, text, strlen(text), &problem)) {
        fail_msg("%s", problem.what);
    }
}

void bench_assert_segment(const struct image *image, size_t i, uint32_t address, const char *text)
{
    assert_true(i < image->count);
    assert_int_equal(image->segments[i].address, address);
    assert_int_equal(image->segments[i].size, strlen(text));
    assert_memory_equal(image->segments[i].bytes, text, strlen(text));
}

void bench_assert_refused(const struct bench_refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct image image;
        struct problem problem;
        int error = bench_open(&image, cases[i].text, strlen(cases[i].text), &problem);
        if (error != EXIT_USAGE || !strstr(problem.what, cases[i].why)) {
            fail_msg("case %zu: code %d, \"%s\" instead of \"%s\"", i, error,
                     error ? problem.what : "", cases[i].why);
        }
    }
}
