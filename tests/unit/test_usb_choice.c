// test_usb_choice.c: which USB device a port means, and the text of its strings.
// SPDX-License-Identifier: MIT
#include "usb_choice.h"
#include "usb_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct usb_found plugged[] = {
    {.vendor = 0x0483, .product = 0xDF11, .roles = USB_ROLE_DFU, .path = "1-1", .serial = "A1"},
    {.vendor = 0x0483, .product = 0x5740, .roles = USB_ROLE_SERIAL, .path = "1-2", .serial = "A2"},
    {.vendor = 0x28E9, .product = 0x0189, .roles = USB_ROLE_DFU, .path = "1-2.3", .serial = "A3"},
};

int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    (void)problem;
    for (size_t i = 0; i < sizeof plugged / sizeof *plugged; i++) {
        visit(&plugged[i], context);
    }
    return 0;
}

static void assert_finds(const char *port, const char *path)
{
    struct usb_found found;
    struct problem problem;

    assert_int_equal(usb_choice_find(&found, port, USB_ROLE_DFU, &problem), 0);
    assert_string_equal(found.path, path);
}

static void assert_fails(const char *port, int code, const char *words)
{
    struct usb_found found;
    struct problem problem;

    assert_int_equal(usb_choice_find(&found, port, USB_ROLE_DFU, &problem), code);
    assert_non_null(strstr(problem.what, words));
}

static void a_port_names_one_device(void **state)
{
    (void)state;
    assert_finds("usb:1-2.3", "1-2.3");
    assert_finds("usb:serial=A1", "1-1");
    assert_finds("usb:serial=a1", "1-1");
    assert_finds("usb:0483:df11", "1-1");
    assert_finds("usb:28E9:0189", "1-2.3");
}

static void several_devices_are_named(void **state)
{
    (void)state;
    assert_fails("usb:", EXIT_SEVERAL_DEVICES, "open usb: 2 devices are meant: usb:1-1, usb:1-2.3");
}

static void a_device_that_does_not_wait_is_none(void **state)
{
    (void)state;
    assert_fails("usb:1-2", EXIT_NO_DEVICE, "0483:5740 at usb:1-2 is there, but not in DFU mode");
    assert_fails("usb:serial=A9", EXIT_NO_DEVICE, "no such device");
    assert_fails("usb:1-2.3.1", EXIT_NO_DEVICE, "no such device");
}

static void a_port_has_a_grammar(void **state)
{
    static const char *const wrong[] = {
        "usb:1",       "usb:1-",       "usb:-1", "usb:1.2",      "usb:1-2-3",     "usb:1-2.",
        "usb:serial=", "usb:0483:df1", "usb:x",  "usb:0483df11", "usb:0483:df112"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_fails(wrong[i], EXIT_USAGE, wrong[i]);
    }
}

static void assert_text(const void *descriptor, unsigned size, const char *wanted)
{
    char text[USB_TEXT_BYTES];

    assert_int_equal(usb_text(descriptor, size, text), strlen(wanted));
    assert_string_equal(text, wanted);
}

// UTF-16; characters of 8 bits, as GD32's; more announced than there is, as STM32F427's.
static void a_string_is_what_has_come(void **state)
{
    (void)state;
    assert_text("\x06\x03"
                "A\0"
                "B\0",
                6, "AB");
    assert_text("\x06\x03"
                "A\0\xE9\0",
                6, "A\xC3\xA9");
    assert_text("\x06\x03"
                "\xAC\x20"
                "B\0",
                6,
                "\xE2\x82\xAC"
                "B");
    assert_text("\x06\x03"
                "3CRG",
                6, "3CRG");
    assert_text("\x40\x03"
                "A\0"
                "B\0"
                "C",
                7, "AB");
    assert_text("\x04\x03"
                "A\0"
                "B\0",
                6, "A");
    assert_text("\x06\x03"
                "\n\0\0\xD8",
                6, "??");
    assert_text("\x02\x03", 2, "");
    assert_text("", 0, "");
}

// The longest string there can be, of characters that need 3 bytes each, is cut between two.
static void a_string_fits_where_it_goes(void **state)
{
    uint8_t descriptor[255] = {255, 3};
    char text[USB_TEXT_BYTES];

    (void)state;
    for (size_t i = 2; i < sizeof descriptor; i++) {
        descriptor[i] = i % 2 ? 0x20 : 0xAC;
    }
    descriptor[3] = 0; // no 8-bit text
    unsigned length = usb_text(descriptor, sizeof descriptor, text);
    assert_in_range(length, USB_TEXT_BYTES - 4, USB_TEXT_BYTES - 1);
    assert_memory_equal(text + length - 3, "\xE2\x82\xAC", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_names_one_device),
        cmocka_unit_test(several_devices_are_named),
        cmocka_unit_test(a_device_that_does_not_wait_is_none),
        cmocka_unit_test(a_port_has_a_grammar),
        cmocka_unit_test(a_string_is_what_has_come),
        cmocka_unit_test(a_string_fits_where_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
