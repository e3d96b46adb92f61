// rom_bench.h: a virtual ROM at one end of a terminal, and a test as the host at the other.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_ROM_BENCH_H
#define BOOTLEAP_TESTS_ROM_BENCH_H

#include "an3155.h"
#include "journal.h"
#include "rom.h"
#include "terminal.h"

enum { ACK = 0x79, NACK = 0x1F, ANSWER_BYTES = 600 };

struct rom_bench {
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

void rom_bench_set_up(struct rom_bench *bench, const char *slug);
void rom_bench_tear_down(struct rom_bench *bench);

// Whether there is something to read, within 50 ms.
bool rom_bench_wait_for(int file);

// Lets the ROM serve these bytes; its answers, behind the ACK of the sync, go to bench->answer.
enum rom_end rom_bench_serve(struct rom_bench *bench, const uint8_t *bytes, size_t size);

void rom_bench_assert_answer(const struct rom_bench *bench, const uint8_t *wanted, int size);

#define SERVE(bench, ...)                                                                          \
    rom_bench_serve(bench, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

#define ASSERT_ANSWER(bench, ...)                                                                  \
    rom_bench_assert_answer(bench, (const uint8_t[]){__VA_ARGS__},                                 \
                            sizeof((const uint8_t[]){__VA_ARGS__}))

#endif
