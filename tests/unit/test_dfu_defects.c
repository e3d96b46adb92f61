// test_dfu_defects.c: versions of ROMs do over USB what AN2606 and others say that they do.
// SPDX-License-Identifier: MIT
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { FLASH = 0x08000000, ERASE = 0x41, SET_ADDRESS = 0x21, errFIRMWARE = 10, errERASE = 4 };

static void set_up(struct usb_bench *ub, const char *slug, uint16_t version)
{
    usb_bench_open(ub, slug, version);
    usb_bench_plug(ub);
    if (usb_bench_status(ub, NULL) == dfuERROR) {
        assert_int_equal(usb_bench_send(ub, CLRSTATUS, 0, NULL, 0), 0);
    }
}

static uint8_t *byte_at(struct usb_bench *ub, uint32_t address)
{
    return memory_at(&ub->bench.chip.memory, address, 1);
}

// In logs of F3, F4, L0 and F7: "state = dfuERROR, status = 10", and after CLRSTATUS dfuIDLE.
static void it_starts_in_an_error(void **state)
{
    struct usb_bench ub;
    unsigned status;
    (void)state;

    usb_bench_open(&ub, "f405", 0);
    usb_bench_plug(&ub);
    assert_int_equal(usb_bench_status(&ub, &status), dfuERROR);
    assert_int_equal(status, errFIRMWARE);
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, &status), dfuIDLE);
    assert_int_equal(status, 0);
    usb_bench_close(&ub);
}

// dfu-util tries again with the time that came last. By itself a poll too early finds it busy.
static void a_poll_that_is_early_is_refused(void **state)
{
    static const char *const rows[] = {"l43", "u575"};
    struct usb_bench ub;
    (void)state;

    for (int i = 0; i < 2; i++) {
        set_up(&ub, rows[i], 0);
        assert_int_equal(usb_bench_send(&ub, DNLOAD, 0, "\x41", 1), 0);
        assert_int_equal(usb_bench_status(&ub, NULL), dfuDNBUSY);
        assert_int_equal(usb_bench_get(&ub, GETSTATUS, 0, 6), i == 0 ? USB_STALL : 6);
        assert_int_equal(ub.data[4], dfuDNBUSY);
        struct timespec time = {0, 25000000};
        nanosleep(&time, NULL);
        assert_int_equal(usb_bench_status(&ub, NULL), dfuDNLOAD_IDLE);
        usb_bench_close(&ub);
    }
}

// betaflight-configurator pull request 5348.
static void clrstatus_is_refused_outside_an_error(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub, "c55", 0);
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), USB_STALL);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuIDLE);
    assert_int_equal(usb_bench_command(&ub, ERASE, 0x60000000), errTARGET);
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuIDLE);
    usb_bench_close(&ub);
}

// AN2606 Rev 70, Table 104: sector i + 4 instead of sector i, where there are two banks.
static void the_second_bank_is_erased_further_on(void **state)
{
    static const struct page_run two_banks[] = {{0x08000000, 0, 4, 0x4000, 0},
                                                {0x08010000, 4, 1, 0x10000, 0},
                                                {0x08020000, 5, 7, 0x20000, 0},
                                                {0x08100000, 12, 4, 0x4000, 0},
                                                {0x08110000, 16, 1, 0x10000, 0},
                                                {0x08120000, 17, 7, 0x20000, 0},
                                                {0}};
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "f76", 0x93);
    ub.device.pages = two_banks;
    usb_bench_plug(&ub);
    usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0);
    *byte_at(&ub, 0x08004000) = *byte_at(&ub, 0x08100000) = *byte_at(&ub, 0x08110000) = 0;
    assert_int_equal(usb_bench_command(&ub, ERASE, 0x08004000), 0);
    assert_int_equal(*byte_at(&ub, 0x08004000), 0xFF); // bank 1 as ever
    assert_int_equal(usb_bench_command(&ub, ERASE, 0x08100000), 0);
    assert_int_equal(*byte_at(&ub, 0x08100000), 0);
    assert_int_equal(*byte_at(&ub, 0x08110000), 0xFF);
    usb_bench_close(&ub);
}

static void with_one_bank_nothing_is_shifted(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub, "f76", 0x93);
    *byte_at(&ub, 0x08180000) = 0;
    assert_int_equal(usb_bench_command(&ub, ERASE, 0x08180000), 0);
    assert_int_equal(*byte_at(&ub, 0x08180000), 0xFF);
    usb_bench_close(&ub);
}

// AN2606 Rev 70, Tables 90 and 92. Whether it says so, nobody knows.
static void the_second_bank_is_not_erased(void **state)
{
    struct usb_bench ub;
    (void)state;

    for (int worst = 0; worst < 2; worst++) {
        set_up(&ub, "f42", 0);
        ub.rom.worst = worst;
        *byte_at(&ub, 0x08004000) = *byte_at(&ub, 0x08100000) = 0;
        assert_int_equal(usb_bench_command(&ub, ERASE, 0x08004000), 0);
        assert_int_equal(*byte_at(&ub, 0x08004000), 0xFF);
        assert_int_equal(usb_bench_command(&ub, ERASE, 0x08100000), worst ? 0 : errERASE);
        assert_int_equal(*byte_at(&ub, 0x08100000), 0);
        usb_bench_close(&ub);
    }
}

// betaflight-configurator pull requests 1861 and 5348, an STM32H743 of revision V.
static void it_stays_busy_until_clrstatus_comes_twice(void **state)
{
    struct usb_bench ub;
    unsigned status;
    (void)state;

    set_up(&ub, "h743", 0x90);
    *byte_at(&ub, 0x08100000) = 0;
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 0, "\x41\x00\x00\x10\x08", 5), 0);
    for (int i = 0; i < 5; i++) {
        struct timespec time = {0, 2000000};
        assert_int_equal(usb_bench_status(&ub, NULL), dfuDNBUSY);
        nanosleep(&time, NULL);
    }
    assert_int_equal(*byte_at(&ub, 0x08100000), 0xFF);
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, &status), dfuERROR);
    assert_int_equal(status, 14); // errUNKNOWN
    assert_int_equal(usb_bench_send(&ub, CLRSTATUS, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, &status), dfuIDLE);
    assert_int_equal(status, 0);
    assert_int_equal(usb_bench_command(&ub, ERASE, FLASH), 0); // bank 1 as ever
    usb_bench_close(&ub);
}

// AN2606 Rev 70, Table 136.
static void a_mass_erase_does_not_work(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub, "h743", 0xD3);
    *byte_at(&ub, FLASH) = 0;
    assert_int_equal(usb_bench_command_alone(&ub, ERASE), errERASE);
    assert_int_equal(*byte_at(&ub, FLASH), 0);
    usb_bench_close(&ub);
    set_up(&ub, "h743", 0x91);
    *byte_at(&ub, FLASH) = 0;
    assert_int_equal(usb_bench_command_alone(&ub, ERASE), 0);
    assert_int_equal(*byte_at(&ub, FLASH), 0xFF);
    usb_bench_close(&ub);
}

// dfu-util waits 35 s for an F405 that says 100 ms. Here it is some polls longer.
static void a_mass_erase_lasts_longer_than_it_says(void **state)
{
    struct rom_quirk short_one[] = {{0}, {0}};
    struct usb_bench ub;
    unsigned polls = 0;
    (void)state;

    usb_bench_open(&ub, "f405", 0);
    // Long enough that no scheduler makes one poll of it.
    short_one[0] = (struct rom_quirk){QUIRK_DFU_MASS_ERASE_LONGER, ub.device.go.keeps_stack, 100,
                                      CONFIDENCE_MEASURED};
    assert_int_equal(ub.device.dfu.mass_erase_ms, 100);
    ub.device.quirks = short_one;
    ub.device.dfu.mass_erase_ms = 2;
    usb_bench_plug(&ub);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 0, "\x41", 1), 0);
    while (usb_bench_status(&ub, NULL) == dfuDNBUSY) {
        struct timespec time = {0, ub.data[1] * 1000000L};
        nanosleep(&time, NULL);
        polls++;
    }
    assert_in_range(polls, 2, 100);
    assert_int_equal(ub.data[4], dfuDNLOAD_IDLE);
    usb_bench_close(&ub);
}

// AN2606 Rev 70, Tables 165, 169 and 171: over 256 bytes, and no multiple of 8.
static void a_block_that_does_not_end_with_a_unit_is_corrupted(void **state)
{
    uint8_t bytes[300];
    struct usb_bench ub;
    (void)state;

    set_up(&ub, "l47", 0x92);
    memset(bytes, 0x5A, sizeof bytes);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, 300), 0);
    assert_memory_equal(byte_at(&ub, FLASH), bytes, 296);
    assert_int_not_equal(*byte_at(&ub, FLASH + 296), 0x5A);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH + 0x1000), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, 252), 0); // short enough
    assert_memory_equal(byte_at(&ub, FLASH + 0x1000), bytes, 252);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH + 0x2000), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, 296), 0); // whole units
    assert_memory_equal(byte_at(&ub, FLASH + 0x2000), bytes, 296);
    usb_bench_close(&ub);
}

// AN2606 Rev 70, Table 159: V4.1 does, V4.2 does not.
static void the_backup_domain_is_reset(void **state)
{
    static const uint16_t versions[] = {0x41, 0x42};
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    for (int i = 0; i < 2; i++) {
        usb_bench_open(&ub, "l1xd", versions[i]);
        bus_poke(&ub.bench.chip, ub.device.backup, 0x12345678);
        usb_bench_will_get(&ub, GETSTATUS, 6);
        assert_int_equal(rom_run(&ub.rom, ROM_HOST_REAL, &table), ROM_STOPPED);
        assert_int_equal(bus_peek(&ub.bench.chip, ub.device.backup), i == 0 ? 0 : 0x12345678);
        usb_bench_close(&ub);
    }
}

// What AN3155 alone is known to do, is not seen over USB.
static void defects_of_a_usart_stay_there(void **state)
{
    uint8_t bytes[64];
    struct usb_bench ub;
    (void)state;

    set_up(&ub, "h723", 0x92); // over a USART a write that follows a read loses its first unit
    memset(bytes, 0x5A, sizeof bytes);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 64), 64);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), 0);
    assert_memory_equal(byte_at(&ub, FLASH), bytes, sizeof bytes);
    usb_bench_close(&ub);
    set_up(&ub, "l07", 0); // it refuses the mass erase of AN3155
    *byte_at(&ub, FLASH) = 0x77;
    assert_int_equal(usb_bench_command_alone(&ub, ERASE), 0);
    assert_int_equal(*byte_at(&ub, FLASH), ub.device.erased);
    usb_bench_close(&ub);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_starts_in_an_error),
        cmocka_unit_test(a_poll_that_is_early_is_refused),
        cmocka_unit_test(clrstatus_is_refused_outside_an_error),
        cmocka_unit_test(the_second_bank_is_erased_further_on),
        cmocka_unit_test(with_one_bank_nothing_is_shifted),
        cmocka_unit_test(the_second_bank_is_not_erased),
        cmocka_unit_test(it_stays_busy_until_clrstatus_comes_twice),
        cmocka_unit_test(a_mass_erase_does_not_work),
        cmocka_unit_test(a_mass_erase_lasts_longer_than_it_says),
        cmocka_unit_test(a_block_that_does_not_end_with_a_unit_is_corrupted),
        cmocka_unit_test(the_backup_domain_is_reset),
        cmocka_unit_test(defects_of_a_usart_stay_there),
    };

    return cmocka_run_group_tests_name("dfu_defects", tests, NULL, NULL);
}
