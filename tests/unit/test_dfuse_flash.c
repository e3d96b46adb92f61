// test_dfuse_flash.c: an image comes into a chip over DFU, whatever one of its transfers meets.
// SPDX-License-Identifier: MIT
#include "dfu_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { HANG_MS = 10000 };

static void assert_flashed(void)
{
    assert_memory_equal(fake.flash, dfu_session_bytes, sizeof dfu_session_bytes);
    for (size_t i = sizeof dfu_session_bytes; i < fake.page_bytes; i++) {
        assert_int_equal(fake.flash[i], 0xFF);
    }
    assert_int_equal(fake.flash[fake.page_bytes], 0x5A);
}

static void the_chip_is_known_by_its_map_and_a_byte_of_its_rom(void **state)
{
    struct dfu_session session;
    (void)state;

    fake_usb_reset();
    assert_int_equal(dfu_session_find(&session), 0);
    assert_string_equal(session.target.device->slug, "f411");
    assert_int_equal(session.target.rom_id, 0xD0);
    assert_int_equal(session.target.size_ground, GROUND_CHIP);
    assert_int_equal(session.target.layout.flash.size, 0x80000);
    assert_int_equal(session.target.readout, READOUT_LEVEL_0);
    assert_true(session.target.protection_known);
    session.bootloader->ops->close(session.bootloader);
}

static void an_image_is_flashed_however_the_device_counts(void **state)
{
    struct dfu_session session;
    (void)state;

    for (unsigned ways = 0; ways < 4; ways++) {
        fake_usb_reset();
        fake.length_counts = ways & 1;
        fake.erase_moves = ways & 2;
        assert_int_equal(dfu_session_run(&session), 0);
        assert_flashed();
        assert_true(fake.left);
        assert_int_equal(fake.left_at, FAKE_START);
        assert_int_equal(fake.started_by, fake.blocks); // what starts it comes last
        assert_int_equal(fake.wrong_clears, 0);
        assert_int_equal(fake.early_polls, 0);
    }
}

// Besides three transfers for each block and erase and one for each upload: its state, and the
// string of the flash; an address and two ABORTs for the ROM's version, for the option bytes and
// for what is there already, where the one page is erased and blocks are written, too; four ABORTs
// between writing and reading; the leave.
static void few_transfers_do_anything_else(void **state)
{
    enum { ADDRESS = 3, BESIDES = 2 + 3 * (ADDRESS + 2) + 4 + 2 };
    struct dfu_session session;
    (void)state;

    fake_usb_reset();
    assert_int_equal(dfu_session_run(&session), 0);
    assert_true(fake.transfers <= 3 * (fake.blocks + fake.erases) + fake.uploads + (size_t)BESIDES);
    assert_int_equal(fake.addresses, 3);
    assert_int_equal(fake.blocks, 6 + 2); // the image's, and twice what starts it
}

// Nothing is written a second time.
static void an_image_that_is_there_is_compared(void **state)
{
    struct dfu_session session;
    (void)state;

    fake_usb_reset();
    assert_int_equal(dfu_session_run(&session), 0);
    fake.gone = fake.left = false;
    fake.state = DFU_IDLE;
    fake.blocks = fake.erases = 0;
    assert_int_equal(dfu_session_run(&session), 0);
    assert_int_equal(fake.blocks + fake.erases, 0);
    assert_true(fake.left);
}

// Right, or one true error: an image that is not all there does not start.
static void assert_true_end(int error, const struct dfu_session *session)
{
    if (error == 0) {
        assert_flashed();
        assert_true(fake.left || fake.gone);
        return;
    }
    assert_in_range(error, EXIT_FAILED, EXIT_VERIFY);
    assert_true(strlen(session->problem.what) > 0);
    bool starts = memcmp(fake.flash, dfu_session_bytes, 4) == 0;
    if (starts) {
        assert_memory_equal(fake.flash, dfu_session_bytes, sizeof dfu_session_bytes);
    }
}

// What is refused or lost once is done again. Silence behind the request to leave counts as having
// left, for a device that is not there does not answer either.
static void any_transfer_may_go_wrong(void **state)
{
    struct dfu_session session;
    size_t total;
    (void)state;

    fake_usb_reset();
    assert_int_equal(dfu_session_run(&session), 0);
    total = fake.transfers;
    for (int fault = FAULT_STALL; fault < FAULTS; fault++) {
        bool ends = fault == FAULT_TIMEOUT || fault == FAULT_GONE;
        for (size_t at = 1; at <= total; at++) {
            fake_usb_reset();
            fake.fails_at = at;
            fake.fault = (enum fake_fault)fault;
            int error = dfu_session_run(&session);
            bool leaves = ends && at == total;
            assert_true(error == 0 || (ends && !leaves && error == EXIT_FAILED));
            assert_true(error || fault != FAULT_GONE || leaves);
            fake.left |= leaves;
            assert_true_end(error, &session);
            assert_true(fake.now < HANG_MS);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chip_is_known_by_its_map_and_a_byte_of_its_rom),
        cmocka_unit_test(an_image_is_flashed_however_the_device_counts),
        cmocka_unit_test(few_transfers_do_anything_else),
        cmocka_unit_test(an_image_that_is_there_is_compared),
        cmocka_unit_test(any_transfer_may_go_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
