// rom_bench.c: puts a virtual ROM at one end of a terminal and a host at the other.
// SPDX-License-Identifier: MIT
#include "rom_bench.h"

#include "blocks.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void rom_bench_set_up(struct rom_bench *bench, const char *slug)
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

void rom_bench_tear_down(struct rom_bench *bench)
{
    close(bench->host);
    terminal_close(&bench->terminal);
    chip_close(&bench->chip);
    journal_close(&bench->journal);
}

// Whether there is something to read, within 50 ms.
bool rom_bench_wait_for(int file)
{
    struct pollfd wait = {file, POLLIN, 0};

    return poll(&wait, 1, 50) == 1;
}

// Lets the ROM serve these bytes; its answers, behind the ACK of the sync, go to bench->answer.
enum rom_end rom_bench_serve(struct rom_bench *bench, const uint8_t *bytes, size_t size)
{
    uint32_t table;
    enum rom_end end;
    size_t got = 0;

    assert_int_equal(write(bench->host, bytes, size), (ssize_t)size);
    rom_bench_wait_for(bench->terminal.master);
    end = an3155_protocol.serve(&bench->rom, &bench->line, &table);
    while (rom_bench_wait_for(bench->host)) { // a terminal hands its bytes on when it likes
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

void rom_bench_assert_answer(const struct rom_bench *bench, const uint8_t *wanted, int size)
{
    assert_int_equal(bench->answered, size);
    assert_memory_equal(bench->answer, wanted, (size_t)size);
}
