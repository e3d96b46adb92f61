// test_rom.c: the virtual ROM answers AN3155 and programs flash as each device's ROM and flash do.
// SPDX-License-Identifier: MIT
//
// A host's bytes are put into the wire beforehand, the ROM serves until they run out, and its
// answers are read from the other end.
#include "an3155.h"
#include "rom.h"
#include "blocks.h"
#include "journal.h"
#include "rom_flash.h"
#include "terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

enum { ACK = 0x79, NACK = 0x1F, ANSWER_BYTES = 600 };

struct bench {
    struct chip chip;
    struct journal journal;
    struct terminal terminal;
    struct rom_line line;
    struct rom rom;
    volatile sig_atomic_t stop;
    int host;
    uint8_t answer[ANSWER_BYTES];
    int answered;
};

static void set_up(struct bench *bench, const char *slug)
{
    struct problem problem;

    memset(bench, 0, sizeof *bench);
    journal_open(&bench->journal, NULL, &bench->chip.core.instructions);
    assert_int_equal(
        chip_open(&bench->chip, device_find(slug), blocks_type, &bench->journal, 1, &problem), 0);
    assert_int_equal(chip_reset(&bench->chip, RESET_POWER_ON, &problem), 0);
    assert_int_equal(terminal_open(&bench->terminal, NULL, &problem), 0);
    bench->host = open(bench->terminal.path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    assert_true(bench->host >= 0);
    bench->stop = 1;
    bench->line = (struct rom_line){"USART1", &an3155_protocol, &bench->terminal.port};
    bench->rom = (struct rom){.chip = &bench->chip,
                              .lines = &bench->line,
                              .line_count = 1,
                              .wait = bench->terminal.port.wait,
                              .wait_context = &bench->terminal,
                              .stop = &bench->stop};
}

static void tear_down(struct bench *bench)
{
    close(bench->host);
    terminal_close(&bench->terminal);
    chip_close(&bench->chip);
    journal_close(&bench->journal);
}

// Whether there is something to read, within 50 ms.
static bool wait_for(int file)
{
    struct pollfd wait = {file, POLLIN, 0};

    return poll(&wait, 1, 50) == 1;
}

// Lets the ROM serve these bytes; its answers, behind the ACK of the sync, go to bench->answer.
static enum rom_end serve(struct bench *bench, const uint8_t *bytes, size_t size)
{
    uint32_t table;
    enum rom_end end;
    size_t got = 0;

    assert_int_equal(write(bench->host, bytes, size), (ssize_t)size);
    wait_for(bench->terminal.master);
    end = an3155_protocol.serve(&bench->rom, &bench->line, &table);
    while (wait_for(bench->host)) { // a terminal hands its bytes on when it likes
        ssize_t more = read(bench->host, bench->answer + got, sizeof bench->answer - got);
        assert_true(more > 0);
        got += (size_t)more;
    }
    assert_true(got > 0);
    assert_int_equal(bench->answer[0], ACK);
    bench->answered = (int)got - 1;
    memmove(bench->answer, bench->answer + 1, sizeof bench->answer - 1);
    return end;
}

#define SERVE(bench, ...)                                                                          \
    serve(bench, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void assert_answer(const struct bench *bench, const uint8_t *wanted, int size)
{
    assert_int_equal(bench->answered, size);
    assert_memory_equal(bench->answer, wanted, (size_t)size);
}

#define ASSERT_ANSWER(bench, ...)                                                                  \
    assert_answer(bench, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void get_lists_exactly_the_commands_that_are_served(void **state)
{
    static const char *const slugs[] = {"f405", "g0b1", "h723", "u575"};
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        set_up(&bench, slugs[i]);
        SERVE(&bench, 0x00, 0xFF, 0x43, 0xBC, 0xA1, 0x5E, 0x45, 0xBA);
        int listed = bench.answer[1];
        assert_int_equal(bench.answer[2], bench.chip.device->an3155_version);
        assert_memory_equal(bench.answer + 3, bench.chip.device->rom_commands, (size_t)listed);
        assert_int_equal(bench.chip.device->rom_commands[listed], 0xFF);
        assert_int_equal(bench.answered, 3 + listed + 1 + 3);
        for (int unlisted = 0; unlisted < 3; unlisted++) {
            assert_int_equal(bench.answer[3 + listed + 1 + unlisted], NACK);
        }
        tear_down(&bench);
    }
}

static void get_id_is_the_product(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "h723");
    SERVE(&bench, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, ACK, 0x01, 0x04, 0x83, ACK);
    tear_down(&bench);
}

static void wrong_complements_and_checksums_are_refused(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "f405");
    SERVE(&bench, 0x02, 0xFC);
    ASSERT_ANSWER(&bench, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x09);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x03, 1, 2, 3, 4, 0x00);
    ASSERT_ANSWER(&bench, ACK, ACK, NACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0xFFFFFFFF);
    tear_down(&bench);
}

static void memory_that_the_rom_uses_is_closed(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "f405");
    SERVE(&bench, 0x11, 0xEE, 0x20, 0x00, 0x2F, 0xFC, 0xF3);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x11, 0xEE, 0x20, 0x00, 0x30, 0x00, 0x10, 0x00, 0xFF);
    assert_int_equal(bench.answered, 4);
    SERVE(&bench, 0x31, 0xCE, 0x20, 0x00, 0x00, 0x00, 0x20);
    ASSERT_ANSWER(&bench, ACK, NACK);
    tear_down(&bench);
}

static void writes_stay_inside_flash_and_aligned(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1");
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x00, 0x00, 0x02, 0x0A);
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x31, 0xCE, 0x08, 0x08, 0x00, 0x00, 0x00);
    ASSERT_ANSWER(&bench, ACK, NACK);
    tear_down(&bench);
}

static void a_second_write_does_what_this_flash_does(void **state)
{
    static const uint8_t first[32] = {0xF0, 0xF0, 0xF0, 0xF0},
                         second[32] = {0x3C, 0x3C, 0x3C, 0x3C};
    struct bench bench;
    (void)state;

    set_up(&bench, "f405");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08000000, second, 4));
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0x30303030);
    tear_down(&bench);

    set_up(&bench, "g0b1");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 4));
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000004), 0xFFFFFFFF);
    assert_false(rom_flash_write(&bench.chip, 0x08000004, second, 4)); // the same 8 bytes
    assert_int_equal(memory_word(&bench.chip.memory, 0x08000000), 0xF0F0F0F0);
    assert_true(rom_flash_write(&bench.chip, 0x08000000, (const uint8_t[8]){0}, 8));
    tear_down(&bench);

    set_up(&bench, "u575");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 8));
    assert_false(rom_flash_write(&bench.chip, 0x08000008, second, 8)); // the same 16 bytes
    tear_down(&bench);

    set_up(&bench, "h723");
    assert_true(rom_flash_write(&bench.chip, 0x08000000, first, 16));
    assert_true(rom_flash_write(&bench.chip, 0x08000010, second, 16)); // the same 32 bytes
    assert_int_not_equal(memory_word(&bench.chip.memory, 0x08000000), 0xF0F0F0F0);
    tear_down(&bench);
}

static void erase_takes_the_pages_of_the_list(void **state)
{
    static const uint8_t word[4] = {1, 2, 3, 4};
    struct bench bench;
    (void)state;

    set_up(&bench, "f405"); // sectors 0 to 3 of 16 KB, 4 of 64 KB, then 128 KB
    assert_true(rom_flash_write(&bench.chip, 0x08004000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08020000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08008000, word, 4));
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x01, 0x00, 0x01, 0x00, 0x05, 0x05);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08004000), 0xFFFFFFFF);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08020000), 0xFFFFFFFF);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08008000), 0x04030201);
    SERVE(&bench, 0x44, 0xBB, 0x00, 0x00, 0x00, 0x0C, 0x0C); // there is no sector 12
    ASSERT_ANSWER(&bench, ACK, NACK);
    SERVE(&bench, 0x44, 0xBB, 0xFF, 0xFF, 0x00);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(memory_word(&bench.chip.memory, 0x08008000), 0xFFFFFFFF);
    tear_down(&bench);
}

static void erase_of_one_byte_a_page_takes_the_pages_of_the_list(void **state)
{
    static const uint8_t word[4] = {1, 2, 3, 4};
    struct bench bench;
    const struct memory *memory = &bench.chip.memory;
    (void)state;

    set_up(&bench, "f10medium"); // 128 pages of 1 KB
    assert_true(rom_flash_write(&bench.chip, 0x08000000, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x08000400, word, 4));
    assert_true(rom_flash_write(&bench.chip, 0x0801FC00, word, 4));
    SERVE(&bench, 0x43, 0xBC, 0x01, 0x01, 0x7F, 0x00); // the checksum is 0x7F
    ASSERT_ANSWER(&bench, ACK, NACK);
    assert_int_equal(memory_word(memory, 0x0801FC00), 0x04030201);
    SERVE(&bench, 0x43, 0xBC, 0x01, 0x01, 0x7F, 0x7F);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_int_equal(bench.rom.pages_erased, 2);
    assert_int_equal(memory_word(memory, 0x08000000), 0x04030201);
    assert_int_equal(memory_word(memory, 0x08000400), 0xFFFFFFFF);
    assert_int_equal(memory_word(memory, 0x0801FC00), 0xFFFFFFFF);
    // There is no page 128; the checksum of a global erase is 0x00.
    SERVE(&bench, 0x43, 0xBC, 0x00, 0x80, 0x80, 0x43, 0xBC, 0xFF, 0xFF, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, ACK, NACK, ACK, NACK, ACK, 0x01, 0x04, 0x10, ACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0x04030201);
    SERVE(&bench, 0x43, 0xBC, 0xFF, 0x00, 0x44, 0xBB); // a ROM has one of the two commands
    ASSERT_ANSWER(&bench, ACK, ACK, NACK);
    assert_int_equal(memory_word(memory, 0x08000000), 0xFFFFFFFF);
    tear_down(&bench);
}

static void readout_protection_closes_memory(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "f405");
    assert_int_equal(SERVE(&bench, 0x82, 0x7D), ROM_RESET);
    ASSERT_ANSWER(&bench, ACK, ACK);
    assert_true(bench.chip.reset_wanted);
    SERVE(&bench, 0x11, 0xEE, 0x31, 0xCE, 0x21, 0xDE, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    assert_int_equal(SERVE(&bench, 0x92, 0x6D), ROM_RESET);
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x00, 0xFF);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF);
    tear_down(&bench);
}

static void option_bytes_protect_alike(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "f405");
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_1));
    SERVE(&bench, 0x11, 0xEE, 0x31, 0xCE, 0x21, 0xDE, 0x44, 0xBB, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    assert_int_equal(SERVE(&bench, 0x92, 0x6D), ROM_RESET);
    assert_false(option_bits_refuse(&bench.chip, OPTION_RDP_LEVEL_1));
    SERVE(&bench, 0x11, 0xEE, 0x08, 0x00, 0x00, 0x00, 0x08, 0x00, 0xFF);
    ASSERT_ANSWER(&bench, ACK, ACK, ACK, 0xFF);
    assert_true(option_bits_set(&bench.chip, OPTION_RDP_LEVEL_2));
    SERVE(&bench, 0x92, 0x6D, 0x21, 0xDE, 0x02, 0xFD);
    ASSERT_ANSWER(&bench, NACK, NACK, ACK, 0x01, 0x04, 0x13, ACK);
    tear_down(&bench);
}

static void starting_overwrites_the_roms_ram_and_no_other(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1");
    bench.chip.empty = true;
    uint8_t *mark = memory_ram_at(&bench.chip.memory, bench.chip.device->mark, 8);
    memset(mark, 0x5A, 8);
    rom_start(&bench.rom);
    assert_int_equal(memory_word(&bench.chip.memory, bench.chip.device->mark), 0x5A5A5A5A);
    assert_int_equal(memory_word(&bench.chip.memory, 0x20000000), 0xB5B5B5B5);
    assert_false(bench.chip.empty); // this ROM clears the flag: AN2606 Rev 70, Table 112
    tear_down(&bench);
}

static int late_host;
static uint8_t late_byte;

static void send_late(int signal)
{
    (void)signal;
    assert_int_equal(write(late_host, &late_byte, 1), 1);
}

// Starts the watchdog, which resets the chip after 200 ms of 16 MHz.
static void start_watchdog(struct bench *bench)
{
    const struct block *block = block_watchdog(&bench->chip, WATCHDOG_INDEPENDENT);
    uint32_t iwdg = block->peripheral->start;

    bus_write(&bench->chip, iwdg, 4, 0x5555);
    bus_write(&bench->chip, iwdg + 4, 4, 2);   // PR: the LSI's 32 kHz by 16
    bus_write(&bench->chip, iwdg + 8, 4, 399); // RLR
    bus_write(&bench->chip, iwdg, 4, 0xCCCC);
    assert_int_equal(block->type->watchdog->deadline(block),
                     bench->chip.core.instructions + 200 * 16000);
}

// Runs the ROM for 200 ms, until a watchdog bites that it does not feed, with a host whose one
// byte comes after 30 ms.
static void listen(struct bench *bench, struct device *device, const char *slug, uint8_t byte)
{
    const struct itimerval once = {.it_value.tv_usec = 30000};
    uint32_t table;

    set_up(bench, slug);
    *device = *device_find(slug);
    device->feeds_iwdg = WHETHER_NO;
    bench->chip.device = device;
    start_watchdog(bench);
    bench->stop = 0;
    bench->rom.version = device_newest_rom(device);
    late_host = bench->host;
    late_byte = byte;
    signal(SIGALRM, send_late);
    setitimer(ITIMER_REAL, &once, NULL);
    assert_int_equal(rom_run(&bench->rom, ROM_HOST_REAL, &table), ROM_RESET);
    assert_int_equal(bench->chip.reset_kind, RESET_WATCHDOG);
    bench->answered = 0;
    while (wait_for(bench->host)) {
        bench->answered += (int)read(bench->host, bench->answer, sizeof bench->answer);
    }
}

static void the_first_byte_chooses_the_line_and_its_baud_rate(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    listen(&bench, &device, "f04", 0x7F); // listens after 58 us
    ASSERT_ANSWER(&bench, ACK);
    assert_int_equal(json_array_size(bench.journal.behaviour), 1); // the watchdog
    tear_down(&bench);
    listen(&bench, &device, "f04", 'b');
    assert_int_equal(bench.answered, 0);
    assert_int_equal(json_array_size(bench.journal.behaviour), 2);
    tear_down(&bench);
}

static void what_comes_before_it_listens_is_lost(void **state)
{
    struct device device;
    struct bench bench;
    (void)state;

    listen(&bench, &device, "f405", 0x7F); // listens after 74 ms
    assert_int_equal(bench.answered, 0);
    assert_int_equal(json_array_size(bench.journal.behaviour), 1); // and no wrong baud rate
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_lists_exactly_the_commands_that_are_served),
        cmocka_unit_test(get_id_is_the_product),
        cmocka_unit_test(wrong_complements_and_checksums_are_refused),
        cmocka_unit_test(memory_that_the_rom_uses_is_closed),
        cmocka_unit_test(writes_stay_inside_flash_and_aligned),
        cmocka_unit_test(a_second_write_does_what_this_flash_does),
        cmocka_unit_test(erase_takes_the_pages_of_the_list),
        cmocka_unit_test(erase_of_one_byte_a_page_takes_the_pages_of_the_list),
        cmocka_unit_test(readout_protection_closes_memory),
        cmocka_unit_test(option_bytes_protect_alike),
        cmocka_unit_test(the_first_byte_chooses_the_line_and_its_baud_rate),
        cmocka_unit_test(what_comes_before_it_listens_is_lost),
        cmocka_unit_test(starting_overwrites_the_roms_ram_and_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
