// test_monitor.c: what goes over a line is gathered into frames, and told.
// SPDX-License-Identifier: MIT
//
// The clock is this file's.
#include "monitor.h"

#include "monotonic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { FRAMES = 8, START_MS = 1000 };

static uint64_t now;

struct told {
    struct monitor monitor;
    struct monitor_line line;
    struct monitor_frame frames[FRAMES];
    size_t count;
};

uint64_t monotonic_ms(void)
{
    return now;
}

void monotonic_sleep_ms(unsigned ms)
{
    now += ms;
}

static void tell(void *context, const struct monitor_frame *frame)
{
    struct told *told = context;

    assert_true(told->count < FRAMES);
    assert_string_equal(frame->port, "port");
    told->frames[told->count++] = *frame;
}

static void begin(struct told *told)
{
    now = START_MS;
    *told = (struct told){.monitor = {.tell = tell, .context = told, .start_ms = START_MS}};
    monitor_begin(&told->line, &told->monitor, "port");
}

static void is(const struct monitor_frame *frame, enum monitor_kind kind, unsigned ms, size_t size,
               const char *bytes)
{
    assert_int_equal(frame->kind, kind);
    assert_int_equal(frame->ms, ms);
    assert_int_equal(frame->size, size);
    assert_memory_equal(frame->bytes, bytes, size < MONITOR_BYTES ? size : MONITOR_BYTES);
}

static void what_is_sent_is_a_frame_at_once(void **state)
{
    struct told told;
    (void)state;

    begin(&told);
    now += 5;
    monitor_sent(&told.line, (const uint8_t *)"\x7f", 1);
    monitor_sent(&told.line, (const uint8_t *)"0123456789abcdefg", 17);
    assert_int_equal(told.count, 2);
    is(&told.frames[0], MONITOR_SENT, 5, 1, "\x7f");
    is(&told.frames[1], MONITOR_SENT, 5, 17, "0123456789abcdef");
}

static void what_comes_is_a_frame_when_it_pauses_or_something_is_sent(void **state)
{
    struct told told;
    (void)state;

    begin(&told);
    now += 7;
    monitor_received(&told.line, (const uint8_t *)"ab", 2);
    now += 3;
    monitor_received(&told.line, (const uint8_t *)"cdefghijklmnopqrst", 18);
    assert_int_equal(told.count, 0);
    monitor_pause(&told.line);
    monitor_pause(&told.line);
    assert_int_equal(told.count, 1);
    is(&told.frames[0], MONITOR_RECEIVED, 7, 20, "abcdefghijklmnop");

    monitor_received(&told.line, (const uint8_t *)"y", 1);
    monitor_received(&told.line, NULL, 0);
    monitor_sent(&told.line, (const uint8_t *)"z", 1);
    assert_int_equal(told.count, 3);
    is(&told.frames[1], MONITOR_RECEIVED, 10, 1, "y");
    is(&told.frames[2], MONITOR_SENT, 10, 1, "z");

    monitor_received(&told.line, (const uint8_t *)"x", 1);
    monitor_note(&told.line, "%u baud", 9600u);
    assert_int_equal(told.count, 5);
    is(&told.frames[3], MONITOR_RECEIVED, 10, 1, "x");
    is(&told.frames[4], MONITOR_NOTE, 10, 0, "");
    assert_string_equal(told.frames[4].note, "9600 baud");
}

static void a_control_transfer_is_a_frame_with_its_request(void **state)
{
    static const uint8_t bytes[64] = {1, 2, 3};
    struct told told;
    (void)state;

    begin(&told);
    monitor_control(&told.line, &(struct monitor_control){0x21, 1, 2, 3, 3, bytes});
    monitor_control(&told.line, &(struct monitor_control){0xA1, 3, 0, 6, 2, bytes});
    monitor_control(&told.line, &(struct monitor_control){0xA1, 3, 0, 6, -2, bytes});
    assert_int_equal(told.count, 3);
    is(&told.frames[0], MONITOR_SENT, 0, 3, "\1\2\3");
    assert_string_equal(told.frames[0].note, "request 21.01 value 0002 length 3 result 3");
    is(&told.frames[1], MONITOR_RECEIVED, 0, 2, "\1\2");
    is(&told.frames[2], MONITOR_RECEIVED, 0, 0, "");
    assert_string_equal(told.frames[2].note, "request A1.03 value 0000 length 6 result -2");
}

static void nothing_happens_where_nobody_is_told(void **state)
{
    struct monitor_line line = {.monitor = NULL};
    const struct monitor_line before = line;
    (void)state;

    monitor_sent(&line, (const uint8_t *)"z", 1);
    monitor_received(&line, (const uint8_t *)"z", 1);
    monitor_note(&line, "note");
    monitor_pause(&line);
    monitor_control(&line, &(struct monitor_control){0xA1, 3, 0, 6, 0, NULL});
    assert_memory_equal(&line, &before, sizeof line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sent_is_a_frame_at_once),
        cmocka_unit_test(what_comes_is_a_frame_when_it_pauses_or_something_is_sent),
        cmocka_unit_test(a_control_transfer_is_a_frame_with_its_request),
        cmocka_unit_test(nothing_happens_where_nobody_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
