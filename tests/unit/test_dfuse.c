// test_dfuse.c: ST's commands over DFU, on a device in memory with the ways and faults of ROMs.
// SPDX-License-Identifier: MIT
#include "bootloader_open.h"

#include "fake_usb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCK = 2048, PAGE = 0x4000 };

static struct problem problem;
static uint8_t data[BLOCK], is[BLOCK];

static struct bootloader *open_it(void)
{
    const struct bootloader_settings settings = {.baud = 115200};
    struct bootloader *bootloader;
    struct serial *line;

    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 7 + 1);
    }
    assert_int_equal(bootloader_open(&bootloader, "usb:", &settings, &line, &problem), 0);
    assert_null(line);
    return bootloader;
}

static struct bootloader *start(void)
{
    struct bootloader *bootloader = open_it();

    assert_int_equal(bootloader->ops->identify(bootloader, 1000, 0, &problem), 0);
    return bootloader;
}

static void erase(struct bootloader *bootloader, uint32_t address)
{
    const struct bootloader_page page = {address, 0};

    assert_int_equal(bootloader->ops->erase(bootloader, &page, 1, 1000, &problem), 0);
}

static void write_it(struct bootloader *bootloader, uint32_t address, uint32_t size)
{
    assert_int_equal(bootloader->ops->write(bootloader, address, size, data, &problem), 0);
}

static void assert_holds(struct bootloader *bootloader, uint32_t address, uint32_t size)
{
    assert_memory_equal(fake.flash + (address - FAKE_START), data, size);
    assert_int_equal(bootloader->ops->read(bootloader, address, size, is, &problem), 0);
    assert_memory_equal(is, data, size);
}

static void finish(struct bootloader *bootloader)
{
    bootloader->ops->close(bootloader);
    assert_false(fake.open);
    assert_int_equal(fake.wrong_clears, 0);
    assert_int_equal(fake.early_polls, 0);
}

// Whole blocks in any order, and short ones, however the device counts, and wherever an erase
// leaves its pointer.
static void blocks_are_where_they_belong(void **state)
{
    static const uint32_t places[][2] = {
        {FAKE_START + 3 * BLOCK, BLOCK}, {FAKE_START, BLOCK},
        {FAKE_START + BLOCK, BLOCK},     {FAKE_START + PAGE, 16},
        {FAKE_START + 2 * BLOCK, BLOCK}, {FAKE_START + PAGE + 64, 8}};
    (void)state;

    for (unsigned ways = 0; ways < 4; ways++) {
        fake_usb_reset();
        fake.length_counts = ways & 1;
        fake.erase_moves = ways & 2;
        struct bootloader *bootloader = start();
        erase(bootloader, FAKE_START + PAGE);
        erase(bootloader, FAKE_START);
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            write_it(bootloader, places[i][0], places[i][1]);
        }
        for (size_t i = sizeof places / sizeof *places; i-- > 0;) {
            assert_holds(bootloader, places[i][0], places[i][1]);
        }
        finish(bootloader);
    }
}

// Of a page elsewhere it may take the pointer along; of the page that it points to it cannot.
static void an_erase_loses_the_address(void **state)
{
    (void)state;
    for (unsigned moves = 0; moves < 2; moves++) {
        fake_usb_reset();
        fake.erase_moves = moves;
        struct bootloader *bootloader = start();
        assert_int_equal(bootloader->ops->read(bootloader, FAKE_START, BLOCK, is, &problem), 0);
        erase(bootloader, FAKE_START);
        write_it(bootloader, FAKE_START + BLOCK, BLOCK);
        assert_int_equal(fake.addresses, 1);
        erase(bootloader, FAKE_START + PAGE);
        write_it(bootloader, FAKE_START, BLOCK);
        assert_int_equal(fake.addresses, 2);
        assert_holds(bootloader, FAKE_START, BLOCK);
        assert_holds(bootloader, FAKE_START + BLOCK, BLOCK);
        finish(bootloader);
    }
}

static void whole_blocks_need_one_address(void **state)
{
    (void)state;
    fake_usb_reset();
    struct bootloader *bootloader = start();
    assert_int_equal(bootloader->transfers, 2); // its state, and the string of the flash
    erase(bootloader, FAKE_START);
    for (uint32_t i = 0; i < 4; i++) {
        write_it(bootloader, FAKE_START + i * BLOCK, BLOCK);
    }
    for (uint32_t i = 4; i-- > 0;) {
        assert_holds(bootloader, FAKE_START + i * BLOCK, BLOCK);
    }
    assert_int_equal(fake.addresses, 1);
    assert_int_equal(fake.transfers, 2 + 3 * (1 + 1 + 4) + 1 + 4); // one ABORT
    finish(bootloader);
}

static void a_part_of_a_block_comes_with_the_block(void **state)
{
    (void)state;
    fake_usb_reset();
    struct bootloader *bootloader = start();
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t address = FAKE_START + i * BLOCK + 700;
        memset(fake.flash + (address - FAKE_START), (int)i, 16);
        assert_int_equal(bootloader->ops->read(bootloader, address, 16, is, &problem), 0);
        assert_int_equal(is[0] + is[15], 2 * (int)i);
    }
    assert_int_equal(fake.addresses, 1);
    finish(bootloader);
}

static void one_byte_beside_the_flash_can_be_read(void **state)
{
    (void)state;
    fake_usb_reset();
    struct bootloader *bootloader = start();
    assert_int_equal(bootloader->ops->read(bootloader, 0x1FFF76DE, 1, is, &problem), 0);
    assert_int_equal(is[0], 0xD0);
    assert_int_equal(bootloader->ops->read(bootloader, 0x1FFFC001, 1, is, &problem), 0);
    assert_int_equal(is[0], 0xAA);
    finish(bootloader);
}

// Whatever another program has left, but for a device that is about to leave.
static void it_starts_from_any_state(void **state)
{
    static const uint8_t states[] = {DFU_IDLE, DFU_DNLOAD_IDLE, DFU_UPLOAD_IDLE, DFU_ERROR,
                                     DFU_DNBUSY};
    (void)state;

    for (size_t i = 0; i < sizeof states; i++) {
        fake_usb_reset();
        fake.clear_breaks = true;
        fake.state = states[i];
        fake.busy_left = 3;
        fake.status = states[i] == DFU_ERROR ? 14 : 0;
        struct bootloader *bootloader = start();
        assert_int_equal(fake.state, DFU_IDLE);
        finish(bootloader);
    }
    fake_usb_reset();
    fake.state = DFU_MANIFEST;
    struct bootloader *bootloader = open_it();
    assert_int_equal(bootloader->ops->identify(bootloader, 1000, 0, &problem), EXIT_FAILED);
    assert_true(bootloader->lost);
    finish(bootloader);
}

static void it_waits_as_long_as_the_device_says(void **state)
{
    (void)state;
    fake_usb_reset();
    fake.polls = 3;
    fake.poll_ms = 40;
    struct bootloader *bootloader = start();
    uint64_t since = fake.now;
    erase(bootloader, FAKE_START);
    assert_int_equal(fake.now - since, 120);
    finish(bootloader);
}

// F405 says 100 ms, and takes longer: it is asked for as long as the erase may take.
static void a_device_that_takes_longer_is_asked_again(void **state)
{
    const struct bootloader_page page = {FAKE_START, 0};
    (void)state;

    fake_usb_reset();
    fake.polls = 320;
    fake.poll_ms = 100;
    struct bootloader *bootloader = start();
    assert_int_equal(bootloader->ops->erase(bootloader, &page, 1, 40000, &problem), 0);
    assert_int_equal(bootloader->ops->erase(bootloader, &page, 1, 1000, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "erase at 0x08000000"));
    assert_non_null(strstr(problem.what, "1000 ms"));
    bootloader->ops->close(bootloader);
}

static void a_stall_of_an_early_poll_is_no_error(void **state)
{
    (void)state;
    fake_usb_reset();
    fake.early_stalls = 3;
    fake.poll_ms = 5;
    struct bootloader *bootloader = start();
    erase(bootloader, FAKE_START);
    write_it(bootloader, FAKE_START, BLOCK);
    assert_holds(bootloader, FAKE_START, BLOCK);
    assert_true(bootloader->retries >= 9);
    finish(bootloader);
}

// H743 rev V, bank 2.
static void a_device_that_stays_busy_is_freed(void **state)
{
    const struct bootloader_page page = {FAKE_START, 0};
    (void)state;

    fake_usb_reset();
    fake.sticks = true;
    struct bootloader *bootloader = start();
    assert_int_equal(bootloader->ops->erase(bootloader, &page, 1, 3000, &problem), 0);
    assert_in_range(fake.now, 3000, 4000);
    write_it(bootloader, FAKE_START, BLOCK);
    assert_holds(bootloader, FAKE_START, BLOCK);
    finish(bootloader);
}

static void what_the_rom_refuses_is_said_in_words(void **state)
{
    (void)state;
    fake_usb_reset();
    struct bootloader *bootloader = start();
    assert_int_equal(bootloader->ops->read(bootloader, 0x20000000, 4, is, &problem), EXIT_REFUSED);
    assert_string_equal(problem.what, "read at 0x20000000: the ROM refuses, errTARGET: this "
                                      "address is not one for that");
    fake.is_protected = true;
    assert_int_equal(bootloader->ops->read(bootloader, FAKE_START, 4, is, &problem), EXIT_REFUSED);
    assert_non_null(strstr(problem.what, "errVENDOR: its readout protection is on"));
    assert_int_equal(bootloader->ops->write(bootloader, FAKE_START, 4, data, &problem),
                     EXIT_REFUSED);
    fake.is_protected = false;
    erase(bootloader, FAKE_START);
    write_it(bootloader, FAKE_START, 64);
    assert_holds(bootloader, FAKE_START, 64);
    assert_false(bootloader->lost);
    finish(bootloader);
}

static void a_device_that_vanishes_after_go_has_started(void **state)
{
    (void)state;
    for (unsigned ways = 0; ways < 3; ways++) {
        fake_usb_reset();
        fake.gone_before_status = ways == 1;
        fake.gone_after_status = ways == 2;
        struct bootloader *bootloader = start();
        assert_int_equal(bootloader->ops->read(bootloader, FAKE_START, BLOCK, is, &problem), 0);
        assert_int_equal(bootloader->ops->go(bootloader, FAKE_START, &problem), 0);
        assert_true(fake.left || fake.gone);
        assert_int_equal(fake.pointer, FAKE_START);
        size_t transfers = fake.transfers;
        bootloader->ops->close(bootloader);
        assert_int_equal(fake.transfers, transfers);
    }
}

// Before it was told to leave, that is a failure.
static void a_device_that_vanishes_before_go_has_not_started(void **state)
{
    (void)state;
    fake_usb_reset();
    struct bootloader *bootloader = start();
    fake.fails_at = fake.transfers + 1;
    fake.fault = FAULT_GONE;
    assert_int_equal(bootloader->ops->go(bootloader, FAKE_START, &problem), EXIT_FAILED);
    assert_string_equal(problem.what, "go at 0x08000000: the device is gone");
    bootloader->ops->close(bootloader);
}

// 1023 is no power of 2, and 8192 more than Linux takes at once.
static void any_transfer_size_will_do(void **state)
{
    static const struct {
        uint16_t transfer, block;
    } sizes[] = {{64, 64}, {1023, 512}, {1024, 1024}, {8192, 4096}};
    (void)state;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        fake_usb_reset();
        fake.transfer_bytes = sizes[i].transfer;
        struct bootloader *bootloader = start();
        uint32_t block = bootloader->block_bytes;
        assert_int_equal(block, sizes[i].block);
        erase(bootloader, FAKE_START);
        for (uint32_t at = 0; at < 4; at++) {
            uint32_t size = block < BLOCK ? block : BLOCK;
            write_it(bootloader, FAKE_START + at * size, size);
            assert_holds(bootloader, FAKE_START + at * size, size);
        }
        finish(bootloader);
    }
}

static void a_device_without_a_size_is_refused(void **state)
{
    const struct bootloader_settings settings = {.baud = 115200};
    struct bootloader *bootloader;
    struct serial *line;
    (void)state;

    fake_usb_reset();
    fake.transfer_bytes = 8;
    assert_int_equal(bootloader_open(&bootloader, "usb:", &settings, &line, &problem), EXIT_FAILED);
    assert_non_null(strstr(problem.what, "does not say how much it takes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_where_they_belong),
        cmocka_unit_test(an_erase_loses_the_address),
        cmocka_unit_test(whole_blocks_need_one_address),
        cmocka_unit_test(a_part_of_a_block_comes_with_the_block),
        cmocka_unit_test(one_byte_beside_the_flash_can_be_read),
        cmocka_unit_test(it_starts_from_any_state),
        cmocka_unit_test(it_waits_as_long_as_the_device_says),
        cmocka_unit_test(a_device_that_takes_longer_is_asked_again),
        cmocka_unit_test(a_stall_of_an_early_poll_is_no_error),
        cmocka_unit_test(a_device_that_stays_busy_is_freed),
        cmocka_unit_test(what_the_rom_refuses_is_said_in_words),
        cmocka_unit_test(a_device_that_vanishes_after_go_has_started),
        cmocka_unit_test(a_device_that_vanishes_before_go_has_not_started),
        cmocka_unit_test(any_transfer_size_will_do),
        cmocka_unit_test(a_device_without_a_size_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
