// test_usbip_message.c: messages of usbip, byte by byte as the protocol's document has them.
// SPDX-License-Identifier: MIT
#include "usb_example.h"
#include "usbip_message.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { IN_LIST = 12 }; // where the device begins in the answer; 4 bytes less in that to an import

static const uint8_t list[] = {0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0};
static const uint8_t import[40] = {0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1'};

static void test_requests(void **state)
{
    uint8_t other[40];

    (void)state;
    assert_int_equal(usbip_parse_request(list, sizeof list), USBIP_LIST);
    assert_int_equal(usbip_parse_request(import, sizeof import), USBIP_IMPORT);
    for (size_t i = 0; i < sizeof list; i++) {
        assert_int_equal(usbip_parse_request(list, i), USBIP_INCOMPLETE);
    }
    for (size_t i = 0; i < sizeof import; i++) {
        assert_int_equal(usbip_parse_request(import, i), USBIP_INCOMPLETE);
    }
    memcpy(other, import, sizeof other);
    other[11] = '1'; // "1-11"
    assert_int_equal(usbip_parse_request(other, sizeof other), USBIP_IMPORT_UNKNOWN);
    memset(other + 8, 'x', 32); // without an end
    assert_int_equal(usbip_parse_request(other, sizeof other), USBIP_IMPORT_UNKNOWN);
    other[1] = 0x10; // version 1.1.0
    assert_int_equal(usbip_parse_request(other, sizeof other), USBIP_NONSENSE);
    other[1] = 0x11;
    other[3] = 0x04;
    assert_int_equal(usbip_parse_request(other, sizeof other), USBIP_NONSENSE);
}

static void assert_device(const uint8_t *bytes)
{
    // Bus 1, device 2, full speed; 1234:5678, release 0x4321; class FF/01/02, configuration 7 of
    // one, two interfaces.
    static const uint8_t numbers[] = {0,    0,    0,    1,    0,    0,    0,    2, 0, 0, 0, 2,
                                      0x12, 0x34, 0x56, 0x78, 0x43, 0x21, 0xFF, 1, 2, 7, 1, 2};

    assert_memory_equal(bytes, "/sys/", 5);
    assert_int_equal(bytes[255], 0);
    assert_string_equal((const char *)bytes + 256, "1-1");
    assert_memory_equal(bytes + 288, numbers, sizeof numbers);
}

static void test_answers(void **state)
{
    static const uint8_t empty[] = {0x01, 0x11, 0x00, 0x05, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t one[] = {0x01, 0x11, 0x00, 0x05, 0, 0, 0, 0, 0, 0, 0, 1};
    static const uint8_t interfaces[] = {0xFE, 1, 2, 0, 0xFF, 0, 0, 0};
    static const uint8_t imported[] = {0x01, 0x11, 0x00, 0x03, 0, 0, 0, 0};
    static const uint8_t refused[] = {0x01, 0x11, 0x00, 0x03, 0, 0, 0, 4};
    struct usb_example example;
    uint8_t bytes[USBIP_LIST_MOST];

    (void)state;
    usb_example_open(&example);
    assert_int_equal(usbip_pack_list(bytes, NULL), sizeof empty);
    assert_memory_equal(bytes, empty, sizeof empty);
    assert_int_equal(usbip_pack_list(bytes, &example.device), IN_LIST + 312 + sizeof interfaces);
    assert_memory_equal(bytes, one, sizeof one);
    assert_device(bytes + IN_LIST);
    assert_memory_equal(bytes + IN_LIST + 312, interfaces, sizeof interfaces);
    assert_int_equal(usbip_pack_import(bytes, USBIP_OK, &example.device), 8 + 312);
    assert_memory_equal(bytes, imported, sizeof imported);
    assert_device(bytes + 8);
    assert_int_equal(usbip_pack_import(bytes, USBIP_NO_DEVICE, NULL), sizeof refused);
    assert_memory_equal(bytes, refused, sizeof refused);
}

// CmdIntrIN and CmdIntrOUT of the document's example, with our device's number, and a control
// transfer.
static void test_submit(void **state)
{
    uint8_t bytes[USBIP_HEADER] = {
        [3] = 1,  [6] = 0x0D,  [7] = 0x05,  [9] = 1, [11] = 2, [15] = 1, [19] = 1,
        [22] = 2, [27] = 0x40, [32] = 0xFF, 0xFF,    0xFF,     0xFF,     [39] = 4,
    };
    static const uint8_t setup[8] = {0x80, 6, 0x02, 0x03, 0x09, 0x04, 0xFF, 0x01};
    struct usbip_urb urb;

    (void)state;
    assert_true(usbip_parse_urb(bytes, &urb));
    assert_int_equal(urb.command, USBIP_SUBMIT);
    assert_int_equal(urb.sequence, 0x0D05);
    assert_true(urb.in);
    assert_false(urb.whole);
    assert_int_equal(urb.endpoint, 1);
    assert_int_equal(urb.length, 0x40);
    bytes[15] = 0;
    bytes[23] = 1; // URB_SHORT_NOT_OK
    memset(bytes + 24, 0xFF, 4);
    memcpy(bytes + 40, setup, sizeof setup);
    assert_true(usbip_parse_urb(bytes, &urb));
    assert_false(urb.in);
    assert_true(urb.whole);
    assert_int_equal(urb.length, 0xFFFFFFFF);
    assert_int_equal(urb.setup.type, 0x80);
    assert_int_equal(urb.setup.request, 6);
    assert_int_equal(urb.setup.value, 0x0302);
    assert_int_equal(urb.setup.index, 0x0409);
    assert_int_equal(urb.setup.length, 0x1FF);
}

static void test_refused_urbs(void **state)
{
    uint8_t bytes[USBIP_HEADER] = {[3] = 1, [9] = 1, [11] = 2};
    struct usbip_urb urb;

    (void)state;
    assert_true(usbip_parse_urb(bytes, &urb)); // Linux has 0 packets where the document has -1
    bytes[35] = 8;                             // isochronous
    assert_false(usbip_parse_urb(bytes, &urb));
    bytes[35] = 0;
    bytes[3] = 3; // an answer
    assert_false(usbip_parse_urb(bytes, &urb));
    bytes[3] = 2;
    bytes[23] = 9;
    assert_true(usbip_parse_urb(bytes, &urb));
    assert_int_equal(urb.command, USBIP_UNLINK);
    assert_int_equal(urb.unlinked, 9);
    bytes[11] = 3; // another device
    assert_false(usbip_parse_urb(bytes, &urb));
}

static void test_answered_urbs(void **state)
{
    static const uint8_t submitted[USBIP_HEADER] = {[3] = 3, [7] = 7, [26] = 1, [27] = 2};
    static const uint8_t failed[USBIP_HEADER] = {[3] = 3, [7] = 7, [20] = 0xFF, 0xFF, 0xFF, 0xE0};
    static const uint8_t unlinked[USBIP_HEADER] = {[3] = 4, [7] = 8, [20] = 0xFF, 0xFF, 0xFF, 0x98};
    uint8_t bytes[USBIP_HEADER];

    (void)state;
    usbip_pack_submitted(bytes, 7, 0, 0x102);
    assert_memory_equal(bytes, submitted, sizeof bytes);
    usbip_pack_submitted(bytes, 7, -EPIPE, 0);
    assert_memory_equal(bytes, failed, sizeof bytes);
    usbip_pack_unlinked(bytes, 8, -ECONNRESET);
    assert_memory_equal(bytes, unlinked, sizeof bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests),      cmocka_unit_test(test_answers),
        cmocka_unit_test(test_submit),        cmocka_unit_test(test_refused_urbs),
        cmocka_unit_test(test_answered_urbs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
