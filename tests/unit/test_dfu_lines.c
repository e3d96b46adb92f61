// test_dfu_lines.c: when the ROM's USB device is there, and each way in which it goes.
// SPDX-License-Identifier: MIT
#include "an3155.h"
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static enum rom_end run(struct usb_bench *ub, uint32_t *table)
{
    return rom_run(&ub->rom, ROM_HOST_REAL, table);
}

// It was there, and is no more.
static void assert_gone(const struct usb_bench *ub)
{
    assert_int_equal(ub->plugs, 1);
    assert_int_equal(ub->unplugs, 1);
    assert_null(ub->plugged);
    assert_null(ub->rom.dfu);
}

// Sets the pointer to 0x08000800, and leaves.
static void will_leave(struct usb_bench *ub)
{
    const uint8_t address[] = {0x21, 0x00, 0x08, 0x00, 0x08};

    usb_bench_will_send(ub, DNLOAD, 0, address, sizeof address);
    usb_bench_will_get(ub, GETSTATUS, 6);
    usb_bench_will_get(ub, GETSTATUS, 6);
    usb_bench_will_send(ub, DNLOAD, 0, NULL, 0);
    usb_bench_will_get(ub, GETSTATUS, 6);
}

static void leave_starts_what_the_pointer_says(void **state)
{
    struct usb_bench ub;
    uint32_t table = 0;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    will_leave(&ub);
    assert_int_equal(run(&ub, &table), ROM_GO);
    assert_int_equal(table, 0x08000800);
    assert_int_equal(ub.asked, ub.count);
    assert_int_equal(ub.data[0], 0);
    assert_int_equal(ub.data[4], dfuMANIFEST);
    assert_gone(&ub);
    usb_bench_close(&ub);
}

// Known of this row (Klipper pull request 5596), and possible where nobody knows.
static void it_may_be_gone_before_its_last_status(void **state)
{
    static const char *const rows[] = {"h743", "u575"};
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    for (int i = 0; i < 2; i++) {
        usb_bench_open(&ub, rows[i], 0);
        ub.rom.worst = i;
        will_leave(&ub);
        assert_int_equal(run(&ub, &table), ROM_GO);
        assert_int_equal(table, 0x08000800);
        assert_int_equal(ub.asked, ub.count - 1); // nobody answers the last one
        assert_gone(&ub);
        usb_bench_close(&ub);
    }
}

// AN2606 Rev 70, Table 180: V9.0 does not start it, V9.1 does.
static void a_leave_that_fails_ends_in_silence(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "l5", 0x90);
    will_leave(&ub);
    assert_int_equal(run(&ub, &table), ROM_STOPPED);
    assert_non_null(ub.rom.why);
    assert_gone(&ub);
    usb_bench_close(&ub);
    usb_bench_open(&ub, "l5", 0x91);
    will_leave(&ub);
    assert_int_equal(run(&ub, &table), ROM_GO);
    usb_bench_close(&ub);
}

// Go over a USART does not work in V13.2 of this ROM, and leave does (evidence B049).
static void a_leave_is_no_go(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "h743", 0xD2);
    will_leave(&ub);
    assert_int_equal(run(&ub, &table), ROM_GO);
    usb_bench_close(&ub);
}

static void read_unprotect_ends_in_a_reset(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    ub.rom.protected = true;
    usb_bench_will_send(&ub, DNLOAD, 0, "\x92", 1);
    usb_bench_will_get(&ub, GETSTATUS, 6);
    assert_int_equal(run(&ub, &table), ROM_RESET);
    assert_int_equal(ub.data[4], dfuDNBUSY);
    assert_false(ub.rom.protected);
    assert_gone(&ub);
    usb_bench_close(&ub);
}

static void it_goes_when_the_run_is_stopped(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    assert_int_equal(run(&ub, &table), ROM_STOPPED); // nobody has asked
    assert_gone(&ub);
    usb_bench_close(&ub);
    usb_bench_open(&ub, "u575", 0);
    usb_bench_will_get(&ub, GETSTATUS, 6);
    assert_int_equal(run(&ub, &table), ROM_STOPPED); // somebody has
    assert_int_equal(ub.requests[0].answer, 6);
    assert_gone(&ub);
    usb_bench_close(&ub);
}

static bool is_enough(void *context)
{
    const struct usb_bench *ub = context;

    return ub->waits > 2;
}

static void it_goes_when_whoever_looks_on_ends_the_wait(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    ub.goes_on = true;
    ub.rom.waiting = is_enough;
    ub.rom.waiting_context = &ub;
    assert_int_equal(run(&ub, &table), ROM_STOPPED);
    assert_gone(&ub);
    usb_bench_close(&ub);
}

static void it_goes_when_a_watchdog_bites(void **state)
{
    struct usb_bench ub;
    uint32_t table;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    ub.device.feeds_iwdg = WHETHER_NO;
    ub.goes_on = true;
    bus_write(&ub.bench.chip, ub.device.iwdg, 4, 0x5555);
    bus_write(&ub.bench.chip, ub.device.iwdg + 8, 4, 79); // RLR: 10 ms of the LSI's 32 kHz by 4
    bus_write(&ub.bench.chip, ub.device.iwdg, 4, 0xCCCC);
    usb_bench_will_get(&ub, GETSTATUS, 6);
    assert_int_equal(run(&ub, &table), ROM_RESET);
    assert_gone(&ub);
    usb_bench_close(&ub);
}

static void talk_on_the_usart(struct usb_bench *ub)
{
    static const uint8_t go[] = {0x7F, 0x21, 0xDE, 0x08, 0x00, 0x10, 0x00, 0x18};

    wire_feed(&ub->wire, go, sizeof go);
}

static void it_goes_when_the_host_is_found_elsewhere(void **state)
{
    struct usb_bench ub;
    uint32_t table = 0;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    wire_open(&ub.wire);
    ub.lines[1] = (struct rom_line){"USART1", &an3155_protocol, &ub.wire.port};
    ub.rom.line_count = 2;
    ub.meanwhile = talk_on_the_usart;
    assert_int_equal(run(&ub, &table), ROM_GO);
    assert_int_equal(table, 0x08001000);
    assert_gone(&ub);
    assert_int_equal(ub.sent_before, 0); // it went before the other host had an answer
    usb_bench_close(&ub);
}

// Not where the handoff or the board keeps it from that, and not before the ROM listens.
static void it_is_there_only_where_usb_serves(void **state)
{
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, "u575", 0);
    assert_int_equal(dfu_protocol.greet(&ub.rom, &ub.lines[0], false), GREETING_NONE);
    assert_int_equal(ub.plugs, 0);
    ub.rom.usb_serves = false;
    assert_int_equal(dfu_protocol.greet(&ub.rom, &ub.lines[0], true), GREETING_NONE);
    assert_int_equal(ub.plugs, 0);
    ub.rom.usb_serves = true;
    ub.rom.noise = "CAN2";
    assert_int_equal(dfu_protocol.greet(&ub.rom, &ub.lines[0], true), GREETING_NONE);
    assert_int_equal(ub.plugs, 0);
    ub.rom.noise = NULL;
    usb_bench_plug(&ub);
    usb_bench_close(&ub);
    assert_int_equal(ub.unplugs, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leave_starts_what_the_pointer_says),
        cmocka_unit_test(it_may_be_gone_before_its_last_status),
        cmocka_unit_test(a_leave_that_fails_ends_in_silence),
        cmocka_unit_test(a_leave_is_no_go),
        cmocka_unit_test(read_unprotect_ends_in_a_reset),
        cmocka_unit_test(it_goes_when_the_run_is_stopped),
        cmocka_unit_test(it_goes_when_whoever_looks_on_ends_the_wait),
        cmocka_unit_test(it_goes_when_a_watchdog_bites),
        cmocka_unit_test(it_goes_when_the_host_is_found_elsewhere),
        cmocka_unit_test(it_is_there_only_where_usb_serves),
    };

    return cmocka_run_group_tests_name("dfu_lines", tests, NULL, NULL);
}
