// test_usb_standard.c: a host enumerates a device that has no code for it.
// SPDX-License-Identifier: MIT
#include "usb_example.h"
#include "usb_standard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { GUARD = 0xEE };

struct trial {
    struct usb_example example;
    struct usb_standard standard;
    uint8_t data[USB_DATA_MOST];
};

static int open_trial(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);

    *state = trial;
    if (trial) {
        usb_example_open(&trial->example);
        usb_standard_start(&trial->standard, &trial->example.device);
        memset(trial->data, GUARD, sizeof trial->data);
    }
    return trial ? 0 : -1;
}

static int close_trial(void **state)
{
    free(*state);
    return 0;
}

static int ask(struct trial *trial, uint8_t type, uint8_t request, unsigned value, unsigned index,
               unsigned length)
{
    const struct usb_setup setup = {type, request, (uint16_t)value, (uint16_t)index,
                                    (uint16_t)length};

    return usb_standard_control(&trial->standard, &setup, trial->data);
}

static void test_descriptors(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x80, 6, 0x0100, 0, 64), 18);
    assert_memory_equal(trial->data, trial->example.device.device, 18);
    assert_int_equal(ask(trial, 0x80, 6, 0x0200, 0, 9), 9);
    assert_int_equal(trial->data[2], 50);
    assert_int_equal(ask(trial, 0x80, 6, 0x0200, 0, 0xFFFF), 50);
    assert_memory_equal(trial->data, trial->example.device.configuration, 50);
    assert_int_equal(ask(trial, 0x80, 6, 0x0201, 0, 64), USB_STALL); // there is one
    assert_int_equal(ask(trial, 0x80, 6, 0x0600, 0, 10), USB_STALL); // device qualifier
    assert_int_equal(ask(trial, 0x80, 6, 0x0F00, 0, 5), USB_STALL);  // BOS
}

// No byte beyond what the host asked for is touched.
static void test_short_answers(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x80, 6, 0x0100, 0, 8), 8);
    assert_int_equal(trial->data[8], GUARD);
    assert_int_equal(ask(trial, 0x80, 0, 0, 0, 1), 1);
    assert_int_equal(trial->data[8], GUARD);
}

static void test_strings(void **state)
{
    static const uint8_t languages[] = {4, 3, 0x09, 0x04};
    static const uint8_t cafe[] = {10, 3, 'c', 0, 'a', 0, 'f', 0, 0xE9, 0};
    static const uint8_t clef[] = {6, 3, 0x34, 0xD8, 0x1E, 0xDD};
    static const uint8_t wrong[] = {6, 3, 0xFD, 0xFF, '!', 0};
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x80, 6, 0x0300, 0, 255), 4);
    assert_memory_equal(trial->data, languages, sizeof languages);
    assert_int_equal(ask(trial, 0x80, 6, 0x0301, 0x0409, 255), sizeof cafe);
    assert_memory_equal(trial->data, cafe, sizeof cafe);
    assert_int_equal(ask(trial, 0x80, 6, 0x0302, 0x0409, 255), sizeof clef);
    assert_memory_equal(trial->data, clef, sizeof clef);
    assert_int_equal(ask(trial, 0x80, 6, 0x0304, 0x0409, 255), sizeof wrong);
    assert_memory_equal(trial->data, wrong, sizeof wrong);
    assert_int_equal(ask(trial, 0x80, 6, 0x0305, 0x0409, 255), USB_STALL);
    assert_int_equal(ask(trial, 0x80, 6, 0x03EE, 0, 255), USB_STALL);
}

// A descriptor has a byte for its length.
static void test_long_string(void **state)
{
    struct trial *trial = *state;
    char text[300];
    const char *strings[] = {text, NULL};

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + 125, "\xF0\x9D\x84\x9E", 4); // its second unit does not fit
    trial->example.device.strings = strings;
    assert_int_equal(ask(trial, 0x80, 6, 0x0301, 0, 255), 2 + 2 * 125);
    assert_int_equal(trial->data[0], 2 + 2 * 125);
}

static void test_configurations(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x80, 8, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 0);
    assert_int_equal(ask(trial, 0x00, 5, 11, 0, 0), 0); // an address
    assert_int_equal(ask(trial, 0x00, 9, 1, 0, 0), USB_STALL);
    assert_int_equal(ask(trial, 0x00, 9, 7, 0, 0), 0);
    assert_int_equal(ask(trial, 0x80, 8, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 7);
    assert_int_equal(ask(trial, 0x00, 9, 0, 0, 0), 0);
    assert_int_equal(ask(trial, 0x80, 8, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 0);
}

static void test_settings(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x01, 11, 1, 0, 0), 0);
    assert_int_equal(trial->example.alternate, 1);
    assert_int_equal(ask(trial, 0x81, 10, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 1);
    assert_int_equal(ask(trial, 0x01, 11, 2, 0, 0), USB_STALL); // no such setting
    assert_int_equal(ask(trial, 0x01, 11, 1, 1, 0), USB_STALL);
    assert_int_equal(ask(trial, 0x01, 11, 0, 2, 0), USB_STALL); // no such interface
    assert_int_equal(ask(trial, 0x01, 11, 0, 0xFFFF, 0), USB_STALL);
    assert_int_equal(ask(trial, 0x81, 10, 0, 2, 1), USB_STALL);
    assert_int_equal(ask(trial, 0x81, 10, 0, 0xFFFF, 1), USB_STALL);
    trial->example.refuses_settings = true;
    assert_int_equal(ask(trial, 0x01, 11, 0, 0, 0), USB_STALL);
    assert_int_equal(ask(trial, 0x81, 10, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 1); // as before
    assert_int_equal(ask(trial, 0x00, 9, 7, 0, 0), 0);
    assert_int_equal(ask(trial, 0x81, 10, 0, 0, 1), 1);
    assert_int_equal(trial->data[0], 0); // a configuration begins with the first ones
}

static void test_status_and_features(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0x80, 0, 0, 0, 2), 2);
    assert_int_equal(trial->data[0], 0); // powered by the bus
    assert_int_equal(ask(trial, 0x81, 0, 0, 0, 2), 2);
    assert_int_equal(ask(trial, 0x82, 0, 0, 0x81, 2), 2);
    assert_int_equal(ask(trial, 0x02, 1, 0, 0x81, 0), 0); // CLEAR_FEATURE(ENDPOINT_HALT)
    assert_int_equal(ask(trial, 0x00, 3, 1, 0, 0), USB_STALL);
    assert_int_equal(ask(trial, 0x82, 12, 0, 0x81, 2), USB_STALL); // SYNCH_FRAME
}

static void test_device_answers_the_rest(void **state)
{
    struct trial *trial = *state;

    assert_int_equal(ask(trial, 0xC0, EXAMPLE_READ, 0, 0, 4), 4);
    assert_memory_equal(trial->data, trial->example.memory, 4);
    assert_int_equal(ask(trial, 0xC0, EXAMPLE_LONG, 0, 0, 8), 8); // cut off
    assert_int_equal(ask(trial, 0xC0, EXAMPLE_LONG, 0, 0, 0xFFFF), 1000);
    assert_int_equal(ask(trial, 0xC0, 0x77, 0, 0, 4), USB_STALL);
    assert_int_equal(ask(trial, 0x21, 0, 0, 0, 0), USB_STALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_descriptors, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_short_answers, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_strings, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_long_string, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_configurations, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_settings, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_status_and_features, open_trial, close_trial),
        cmocka_unit_test_setup_teardown(test_device_answers_the_rest, open_trial, close_trial),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
