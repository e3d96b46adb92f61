// test_source_lines.c: lines are read in a process of its own, whatever reader or file do.
// SPDX-License-Identifier: MIT
#include "source_lines.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { SHORT_MS = 60, LONG_MS = 5000, FLIPS = 40 };

static const uint32_t two[] = {0x08000100, 0x08000200};

static void good(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    assert_int_equal(count, 2);
    fprintf(answers, "1\t%s\t/src/%s\t12\n", "inner", path);
    fprintf(answers, "1\touter\tmain.c\t%u\n", (unsigned)(addresses[1] & 0xFFF));
    fprintf(answers, "7\tnobody\tasked.c\t1\n");
    for (int i = 0; i < 9; i++) {
        fprintf(answers, "0\tf%d\ta.c\t%d\n", i, i + 1);
    }
    fprintf(answers, "0\tcut sho");
}

static void sleeps(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    good(path, addresses, count, answers);
    fflush(answers);
    for (;;) {
        pause();
    }
}

static void crashes(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    good(path, addresses, count, answers);
    fflush(answers);
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void floods(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    (void)path;
    (void)addresses;
    (void)count;
    for (;;) {
        fputs("0\tf\ta.c\t1\n", answers);
    }
}

static void silent(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    (void)path;
    (void)addresses;
    (void)count;
    (void)answers;
}

static int64_t now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void answers_are_frames(void **state)
{
    struct source_lines lines;
    (void)state;

    assert_true(source_lines_read_by(&lines, good, LONG_MS, "x.c", two, 2));
    assert_int_equal(lines.places[1].count, 2);
    assert_string_equal(lines.places[1].frames[0].function, "inner");
    assert_string_equal(lines.places[1].frames[0].file, "/src/x.c");
    assert_int_equal(lines.places[1].frames[0].line, 12);
    assert_string_equal(lines.places[1].frames[1].function, "outer");
    assert_int_equal(lines.places[1].frames[1].line, 0x200);
    assert_int_equal(lines.places[0].count, SOURCE_FRAMES);
    assert_string_equal(lines.places[0].frames[3].function, "f3");
    source_lines_close(&lines);
    assert_true(source_lines_read_by(&lines, silent, LONG_MS, "x.c", two, 2));
    assert_int_equal(lines.places[0].count, 0);
    source_lines_close(&lines);
    assert_false(source_lines_read_by(&lines, good, LONG_MS, "x.c", two, 0));
    source_lines_close(&lines);
}

// Nothing of a reader that did not come to its end is believed, and no process is left.
static void a_reader_that_fails_costs_the_lines(void **state)
{
    source_reader *const readers[] = {sleeps, crashes, floods};
    (void)state;

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct source_lines lines;
        int64_t begin = now_ms();
        unsigned ms = readers[i] == sleeps ? SHORT_MS : LONG_MS;
        assert_false(source_lines_read_by(&lines, readers[i], ms, "x.c", two, 2));
        assert_null(lines.places);
        assert_true(now_ms() - begin < LONG_MS);
        assert_true(readers[i] != sleeps || now_ms() - begin >= SHORT_MS);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // no child
        source_lines_close(&lines);
    }
}

static inline __attribute__((always_inline)) unsigned copied(unsigned value)
{
    __asm__ volatile("nop" : "+r"(value)); // on the line that is looked for
    return value * 3;
}
enum { COPIED_LINE = __LINE__ - 3 };

__attribute__((noinline)) static unsigned marked(unsigned value)
{
    return copied(value) + 1;
}
enum { CALL_LINE = __LINE__ - 2 };

static void write_copy(const char *path, const uint8_t *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), size);
    close(file);
}

static uint8_t *read_own(size_t *size)
{
    FILE *file = fopen("/proc/self/exe", "rb");

    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

// This program's own DWARF stands in for a firmware's.
static bool own_address(uint32_t *address)
{
    unsigned (*volatile function)(unsigned) = marked;
    uint64_t place = 0;

    memcpy(&place, (const void *)&function, sizeof function);
    *address = (uint32_t)place;
    return place <= UINT32_MAX && source_lines_can_be_read();
}

static void a_copy_of_an_inline_function_is_a_frame_of_its_own(void **state)
{
    struct source_lines lines;
    uint32_t addresses[8];
    unsigned copies = 0, alone = 0;
    (void)state;

    if (!own_address(&addresses[0])) {
        skip(); // a build that is placed at will
    }
    for (uint32_t i = 0; i < 8; i++) {
        addresses[i] = addresses[0] + i;
    }
    assert_true(source_lines_read(&lines, "/proc/self/exe", addresses, 8));
    for (size_t i = 0; i < 8; i++) {
        const struct source_place *place = &lines.places[i];
        const struct source_frame *last = &place->frames[place->count ? place->count - 1 : 0];
        if (place->count) {
            assert_string_equal(last->function, "marked");
            assert_non_null(strstr(last->file, "test_source_lines.c"));
        }
        if (place->count == 2 && place->frames[0].line == COPIED_LINE) {
            assert_string_equal(place->frames[0].function, "copied");
            assert_int_equal(last->line, CALL_LINE);
            copies++;
        }
        alone += place->count == 1;
    }
    assert_true(copies && alone);
    source_lines_close(&lines);
}

// Cut short or with bytes that are wrong: it may know less, it neither ends nor stops the test.
static void no_file_does_harm(void **state)
{
    char path[] = "/tmp/test_lines.XXXXXX";
    size_t size;
    uint8_t *bytes = read_own(&size);
    uint32_t address, seed = 1;
    struct source_lines lines;
    (void)state;

    if (!own_address(&address)) {
        free(bytes);
        skip();
    }
    close(mkstemp(path));
    for (unsigned i = 0; i < FLIPS; i++) {
        uint8_t *copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, bytes, size);
        for (unsigned j = 0; j < size / 64; j++) {
            seed = seed * 1664525u + 1013904223u;
            copy[64 + seed % (size - 64)] = (uint8_t)(seed >> 24);
        }
        write_copy(path, i % 4 ? copy : bytes, i % 4 ? size : size / FLIPS * i);
        free(copy);
        source_lines_read(&lines, path, &address, 1);
        source_lines_close(&lines);
    }
    assert_false(source_lines_read(&lines, "/no/such/file", &address, 1) && lines.places[0].count);
    source_lines_close(&lines);
    unlink(path);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_frames),
        cmocka_unit_test(a_reader_that_fails_costs_the_lines),
        cmocka_unit_test(a_copy_of_an_inline_function_is_a_frame_of_its_own),
        cmocka_unit_test(no_file_does_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
