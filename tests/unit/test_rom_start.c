// test_rom_start.c: what the virtual ROM does when it starts, and how it finds its host.
// SPDX-License-Identifier: MIT
#include "rom_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

static void starting_overwrites_the_roms_ram_and_no_other(void **state)
{
    struct rom_bench bench;
    (void)state;

    rom_bench_set_up(&bench, "g0b1");
    bench.chip.empty = true;
    uint8_t *mark = memory_ram_at(&bench.chip.memory, bench.chip.device->mark, 8);
    memset(mark, 0x5A, 8);
    rom_start(&bench.rom);
    assert_int_equal(memory_word(&bench.chip.memory, bench.chip.device->mark), 0x5A5A5A5A);
    assert_int_equal(memory_word(&bench.chip.memory, 0x20000000), 0xB5B5B5B5);
    assert_false(bench.chip.empty); // this ROM clears the flag: AN2606 Rev 70, Table 112
    rom_bench_tear_down(&bench);
}

static int late_host;
static uint8_t late_byte;

static void send_late(int signal)
{
    (void)signal;
    assert_int_equal(write(late_host, &late_byte, 1), 1);
}

// Starts the watchdog, which resets the chip after 200 ms where the LSI has 32 kHz, 160 where it
// has 40.
static void start_watchdog(struct rom_bench *bench)
{
    const struct block *block = block_watchdog(&bench->chip, WATCHDOG_INDEPENDENT);
    uint32_t iwdg = block->peripheral->start;

    bus_write(&bench->chip, iwdg, 4, 0x5555);
    bus_write(&bench->chip, iwdg + 4, 4, 2);   // PR: the LSI's clock by 16
    bus_write(&bench->chip, iwdg + 8, 4, 399); // RLR
    bus_write(&bench->chip, iwdg, 4, 0xCCCC);
    uint64_t cycles = block->type->watchdog->deadline(block) - bench->chip.core.instructions;
    uint64_t ms = cycles * 1000 / bench->chip.clock.core_hz;
    assert_true(ms == 200 || ms == 160);
}

// Runs the ROM for 200 ms, until a watchdog bites that it does not feed, with a host whose one
// byte comes after 30 ms.
static void listen(struct rom_bench *bench, struct device *device, const char *slug, uint8_t byte)
{
    const struct itimerval once = {.it_value.tv_usec = 30000};
    uint32_t table;

    rom_bench_set_up(bench, slug);
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
    while (rom_bench_wait_for(bench->host)) {
        bench->answered += (int)read(bench->host, bench->answer, sizeof bench->answer);
    }
}

static void the_first_byte_chooses_the_line_and_its_baud_rate(void **state)
{
    struct device device;
    struct rom_bench bench;
    (void)state;

    listen(&bench, &device, "f04", 0x7F); // listens after 58 us
    ASSERT_ANSWER(&bench, ACK);
    assert_int_equal(json_array_size(bench.journal.behaviour), 1); // the watchdog
    rom_bench_tear_down(&bench);
    listen(&bench, &device, "f04", 'b');
    assert_int_equal(bench.answered, 0);
    assert_int_equal(json_array_size(bench.journal.behaviour), 2);
    rom_bench_tear_down(&bench);
}

static void what_comes_before_it_listens_is_lost(void **state)
{
    struct device device;
    struct rom_bench bench;
    (void)state;

    listen(&bench, &device, "f405", 0x7F); // listens after 74 ms
    assert_int_equal(bench.answered, 0);
    assert_int_equal(json_array_size(bench.journal.behaviour), 1); // and no wrong baud rate
    rom_bench_tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_byte_chooses_the_line_and_its_baud_rate),
        cmocka_unit_test(what_comes_before_it_listens_is_lost),
        cmocka_unit_test(starting_overwrites_the_roms_ram_and_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
