// test_dfu.c: the states of DFU and its commands, as AN2662 Rev 1 and DFU 1.1 have them.
// SPDX-License-Identifier: MIT
#include "option_area.h"
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    FLASH = 0x08000000,
    RAM = 0x20008000, // behind what the ROM overwrites
    SET_ADDRESS = 0x21,
    ERASE = 0x41,
    BLOCK = 1024, // of this ROM
    PAGE = 0x2000,
};

// A ROM that no quirk is known of, with pages of 8 KB.
static const char *const plain = "u575";

static void set_up(struct usb_bench *ub)
{
    usb_bench_open(ub, plain, 0);
    usb_bench_plug(ub);
}

static const uint8_t *memory(struct usb_bench *ub, uint32_t address, uint32_t size)
{
    return memory_at(&ub->bench.chip.memory, address, size);
}

static void assert_bytes(struct usb_bench *ub, uint32_t address, uint32_t size, uint8_t value)
{
    const uint8_t *bytes = memory(ub, address, size);

    for (uint32_t i = 0; i < size; i++) {
        assert_int_equal(bytes[i], value);
    }
}

static void it_is_idle_first_and_lists_its_commands(void **state)
{
    const uint8_t wanted[] = {0x00, 0x21, 0x41, 0x92};
    struct usb_bench ub;
    unsigned status;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_status(&ub, &status), dfuIDLE);
    assert_int_equal(status, 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 0, 64), sizeof wanted);
    assert_memory_equal(ub.data, wanted, sizeof wanted);
    assert_int_equal(usb_bench_get(&ub, GETSTATE, 0, 1), 1);
    assert_int_equal(ub.data[0], dfuUPLOAD_IDLE);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuIDLE);
    usb_bench_close(&ub);
}

// Only GETSTATUS carries out what has come, and only the one behind the time tells the end.
static void the_first_status_carries_out_and_the_second_tells(void **state)
{
    static const uint8_t bytes[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, sizeof bytes), 0);
    assert_int_equal(usb_bench_get(&ub, GETSTATE, 0, 1), 1);
    assert_int_equal(ub.data[0], dfuDNLOAD_SYNC);
    assert_bytes(&ub, FLASH, sizeof bytes, 0xFF);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuDNBUSY);
    assert_true(ub.data[1] > 0 && ub.data[2] == 0 && ub.data[3] == 0);
    assert_memory_equal(memory(&ub, FLASH, sizeof bytes), bytes, sizeof bytes);
    assert_int_equal(usb_bench_wait(&ub, NULL), dfuDNLOAD_IDLE);
    usb_bench_close(&ub);
}

// A block's place: the pointer, and so many blocks of the descriptor's size behind.
static void blocks_are_counted_from_the_pointer(void **state)
{
    uint8_t bytes[BLOCK];
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    memset(bytes, 0x11, sizeof bytes);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, FLASH + PAGE), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, BLOCK), 0);
    memset(bytes, 0x22, sizeof bytes);
    assert_int_equal(usb_bench_write(&ub, 3, bytes, BLOCK), 0);
    memset(bytes, 0x33, sizeof bytes);
    assert_int_equal(usb_bench_write(&ub, 4, bytes, 16), 0); // the last one is shorter
    assert_bytes(&ub, FLASH + PAGE - 16, 16, 0xFF);
    assert_bytes(&ub, FLASH + PAGE, BLOCK, 0x11);
    assert_bytes(&ub, FLASH + PAGE + BLOCK, BLOCK, 0x22);
    assert_bytes(&ub, FLASH + PAGE + 2 * BLOCK, 16, 0x33);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 3, BLOCK), BLOCK);
    assert_int_equal(ub.data[0], 0x22);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 4, 16), 16);
    assert_int_equal(ub.data[15], 0x33);
    usb_bench_close(&ub);
}

// ... or, as nobody knows, of the length of the block that comes.
static void a_short_block_may_be_counted_by_its_length(void **state)
{
    const uint8_t bytes[16] = {0x44};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    ub.rom.worst = true;
    assert_int_equal(usb_bench_write(&ub, 4, bytes, sizeof bytes), 0);
    assert_bytes(&ub, FLASH + 2 * sizeof bytes, 1, 0x44);
    assert_bytes(&ub, FLASH + 2 * BLOCK, 16, 0xFF);
    usb_bench_close(&ub);
}

static void an_erase_takes_the_page_of_its_address(void **state)
{
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    memset(memory_at(&ub.bench.chip.memory, FLASH, 3 * PAGE), 0, 3 * PAGE);
    assert_int_equal(usb_bench_command(&ub, ERASE, FLASH + PAGE + 0x123), 0);
    assert_bytes(&ub, FLASH, PAGE, 0);
    assert_bytes(&ub, FLASH + PAGE, PAGE, 0xFF);
    assert_bytes(&ub, FLASH + 2 * PAGE, PAGE, 0);
    assert_int_equal(usb_bench_command_alone(&ub, ERASE), 0);
    assert_bytes(&ub, FLASH, 3 * PAGE, 0xFF);
    usb_bench_close(&ub);
}

// Whether an erase moves the pointer is not known.
static void an_erase_may_move_the_pointer(void **state)
{
    const uint8_t bytes[16] = {0x55};
    struct usb_bench ub;
    (void)state;

    for (int worst = 0; worst < 2; worst++) {
        set_up(&ub);
        ub.rom.worst = worst;
        assert_int_equal(usb_bench_command(&ub, ERASE, FLASH + PAGE), 0);
        assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), 0);
        assert_bytes(&ub, FLASH + (worst ? PAGE : 0), 1, 0x55);
        assert_bytes(&ub, FLASH + (worst ? 0 : PAGE), 1, 0xFF);
        usb_bench_close(&ub);
    }
}

static void ram_is_written_and_read(void **state)
{
    static const uint8_t bytes[] = "in RAM, 16 bytes";
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, RAM), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, 16), 0);
    assert_memory_equal(memory(&ub, RAM, 16), bytes, 16);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 16), 16);
    assert_memory_equal(ub.data, bytes, 16);
    usb_bench_close(&ub);
}

static void other_memories_are_read(void **state)
{
    struct usb_bench ub;
    uint32_t vector;
    (void)state;

    set_up(&ub);
    vector = memory_word(&ub.bench.chip.memory, ub.device.rom_vector + 4);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, ub.device.rom_vector + 4), 0);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 4), 4);
    assert_int_equal(ub.data[0] | (uint32_t)ub.data[1] << 8 | (uint32_t)ub.data[2] << 16 |
                         (uint32_t)ub.data[3] << 24,
                     vector);
    usb_bench_close(&ub);
}

static void an_abort_forgets_what_has_come(void **state)
{
    const uint8_t bytes[16] = {0};
    struct usb_bench ub;
    (void)state;

    set_up(&ub);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, sizeof bytes), 0);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuIDLE);
    assert_bytes(&ub, FLASH, sizeof bytes, 0xFF);
    usb_bench_close(&ub);
}

static void a_memory_is_chosen_and_an_unknown_one_is_refused(void **state)
{
    struct usb_setup choose = {0x01, 11, 2, 0, 0};
    struct usb_bench ub;
    (void)state;

    set_up(&ub); // flash, option bytes, OTP
    assert_int_equal(ub.plugged->control(ub.plugged->context, &choose, ub.data), 0);
    choose.value = 3;
    assert_int_equal(ub.plugged->control(ub.plugged->context, &choose, ub.data), USB_STALL);
    choose = (struct usb_setup){0xA1, GETSTATUS, 0, 1, 6}; // of another interface
    assert_int_equal(ub.plugged->control(ub.plugged->context, &choose, ub.data), USB_STALL);
    usb_bench_close(&ub);
}

static void option_bytes_are_read_and_written(void **state)
{
    enum { OPTIONS = 0x40022040 };
    const uint8_t bytes[8] = {0};
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, plain, 0);
    option_area_fill(&ub.bench.chip.option_area, &ub.device, ub.device.flash.size / 1024);
    usb_bench_plug(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, OPTIONS), 0);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_get(&ub, UPLOAD, 2, 4), 4);
    assert_memory_equal(ub.data, option_area_at(&ub.bench.chip, OPTIONS, 4), 4);
    assert_int_equal(usb_bench_send(&ub, ABORT, 0, NULL, 0), 0);
    assert_int_equal(usb_bench_send(&ub, DNLOAD, 2, bytes, sizeof bytes), 0);
    assert_int_equal(usb_bench_status(&ub, NULL), dfuDNBUSY); // then it resets itself
    assert_int_equal(usb_bench_get(&ub, GETSTATUS, 0, 6), USB_STALL);
    assert_memory_equal(option_area_at(&ub.bench.chip, OPTIONS, 8), bytes, 8);
    assert_int_equal(flash_state_readout(&ub.bench.chip.option_area, &ub.device), READOUT_LEVEL_1);
    usb_bench_close(&ub);
}

// AN3155 says so of Write Memory, and AN3156 has the same.
static void option_bytes_are_written_from_their_start_only(void **state)
{
    enum { OPTIONS = 0x40022040 };
    const uint8_t bytes[8] = {0xAA};
    struct usb_bench ub;
    (void)state;

    usb_bench_open(&ub, plain, 0);
    option_area_fill(&ub.bench.chip.option_area, &ub.device, ub.device.flash.size / 1024);
    usb_bench_plug(&ub);
    assert_int_equal(usb_bench_command(&ub, SET_ADDRESS, OPTIONS + 4), 0);
    assert_int_equal(usb_bench_write(&ub, 2, bytes, sizeof bytes), errTARGET);
    usb_bench_close(&ub);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_idle_first_and_lists_its_commands),
        cmocka_unit_test(the_first_status_carries_out_and_the_second_tells),
        cmocka_unit_test(blocks_are_counted_from_the_pointer),
        cmocka_unit_test(a_short_block_may_be_counted_by_its_length),
        cmocka_unit_test(an_erase_takes_the_page_of_its_address),
        cmocka_unit_test(an_erase_may_move_the_pointer),
        cmocka_unit_test(ram_is_written_and_read),
        cmocka_unit_test(other_memories_are_read),
        cmocka_unit_test(an_abort_forgets_what_has_come),
        cmocka_unit_test(a_memory_is_chosen_and_an_unknown_one_is_refused),
        cmocka_unit_test(option_bytes_are_read_and_written),
        cmocka_unit_test(option_bytes_are_written_from_their_start_only),
    };

    return cmocka_run_group_tests_name("dfu", tests, NULL, NULL);
}
