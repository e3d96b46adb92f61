// test_dfu_errors.c: what a ROM refuses over USB, and how it says so (AN2662 Rev 1, Section 4.5).
// SPDX-License-Identifier: MIT
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
    FLASH = 0x08000000,
    RAM = 0x20008000, // behind what the ROM overwrites
    NOWHERE = 0x60000000,
    SET_ADDRESS = 0x21,
    ERASE = 0x41,
    BLOCK = 1024, // of this ROM
    PAGE = 0x2000,
};

static const uint32_t debug_id = 0xE0042000; // DBGMCU_IDCODE, which no ROM shows over USB

// A ROM that no quirk is known of, with pages of 8 KB.
static const char *const plain = "u575";

static void set_up(struct usb_bench *ub)
{
    usb_bench_open(ub, plain, 0);
    usb_bench_plug(ub);
}

// An error stays until CLRSTATUS.
static void assert_error(struct usb_bench *ub, unsigned wanted)
{
    unsigned status;

    assert_int_equal(usb_bench_status(ub, &status), dfuERROR);
    assert_int_equal(status, wanted);
    assert_int_equal(usb_bench_get(ub, GETSTATE, 0, 1), 1);
    assert_int_equal(ub->data[0], dfuERROR);
    assert_int_equal(usb_bench_send(ub, DNLOAD, 0, "\x41", 1), USB_STALL);
    assert_int_equal(usb_bench_get(ub, UPLOAD, 0, 4), USB_STALL);
    assert_int_equal(usb_bench_send(ub, ABORT, 0, NULL, 0), USB_STALL);
    assert_int_equal(usb_bench_status(ub, &status), dfuERROR);
    assert_int_equal(status, wanted);
    assert_int_equal(usb_bench_send(ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(ub, &status), dfuIDLE);
    assert_int_equal(status, 0);
}

// The end of flash: what is of the block, is there; then a block begins nowhere.
static void an_address_that_is_nothing_is_a_wrong_target(void **state)
{
    const uint8_t bytes[16] = {0};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, NOWHERE), errTARGET);
    assert_error(&ub, errTARGET);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, debug_id), errTARGET);
    assert_error(&ub, errTARGET);
    assert_int_equal(usb_bench_command(&ub, ERASE, RAM), errTARGET);
    assert_error(&ub, errTARGET);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, ub.device.rom_vector), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), errTARGET); // not to the ROM
    assert_error(&ub, errTARGET);
    usb_bench_close(&ub);
}

static void a_read_of_nothing_is_a_wrong_target(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH + ub.device.flash.size - BLOCK), 0);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, BLOCK), BLOCK);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 3, BLOCK), USB_STALL);
    assert_error(&ub, errTARGET);
    usb_bench_close(&ub);
}

static void flash_that_refuses_is_a_write_error(void **state)
{
    const uint8_t bytes[16] = {1}, others[16] = {2};
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, plain, 0);
    ub.device.second_write = SECOND_WRITE_REFUSED;
    usb_bench_plug(&ub);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), 0);
    assert_int_equal(usb_bench_write(&ub, 2, others, sizeof others), errWRITE);
    assert_error(&ub, errWRITE);
    usb_bench_close(&ub);
}

// AN2662: an address can be set, and protection be removed, and nothing else be done.
static void protection_is_a_vendor_error(void **state)
{
    const uint8_t bytes[16] = {0};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    ub.rom.protected = true;
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH + PAGE), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), errVENDOR);
    assert_error(&ub, errVENDOR);
    assert_int_equal(usb_bench_command(&ub, ERASE, FLASH), errVENDOR);
    assert_error(&ub, errVENDOR);
    assert_int_equal(usb_bench_command_alone(&ub, ERASE), errVENDOR);
    assert_error(&ub, errVENDOR);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 16), USB_STALL);
    assert_error(&ub, errVENDOR);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 0, 4), 4);
    usb_bench_close(&ub);
}

static void what_is_no_command_is_refused(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_command_alone(&ub, 0x55), errSTALLEDPKT);
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_write(&ub, 0, "\x21\x00\x00", 3), errSTALLEDPKT);
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_write(&ub, 1, "\x41", 1), errSTALLEDPKT); // block 1 is reserved
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 1, 4), USB_STALL);
    assert_error(&ub, errSTALLEDPKT);
    usb_bench_close(&ub);
}

static void what_its_state_forbids_is_refused(void **state)
{
    uint8_t bytes[BLOCK + 1] = {0};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 16), USB_STALL); // an ABORT comes before
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, 16), 0);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 3, bytes, 16), USB_STALL);
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 16), 16);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, 16), USB_STALL);
    assert_error(&ub, errSTALLEDPKT);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, sizeof bytes), USB_STALL); // too long
    assert_error(&ub, errSTALLEDPKT);
    usb_bench_close(&ub);
}

// As measured: betaflight-configurator pull request 1861, dfu-libusb issue 4.
static void clrstatus_without_an_error_is_one(void **state)
{
    unsigned status;
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, &status), dfuERROR);
    assert_int_equal(status, 14); // errUNKNOWN
    usb_bench_close(&ub);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_that_is_nothing_is_a_wrong_target),
        cmocka_unit_test(a_read_of_nothing_is_a_wrong_target),
        cmocka_unit_test(flash_that_refuses_is_a_write_error),
        cmocka_unit_test(protection_is_a_vendor_error),
        cmocka_unit_test(what_is_no_command_is_refused),
        cmocka_unit_test(what_its_state_forbids_is_refused),
        cmocka_unit_test(clrstatus_without_an_error_is_one),
    };

    return cmocka_run_group_tests_name("dfu_errors", tests, NULL, NULL);
}
