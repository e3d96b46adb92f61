// second_rom_bench.h: a small second ROM, and a test that talks to it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_SECOND_ROM_BENCH_H
#define BOOTLEAP_TESTS_SECOND_ROM_BENCH_H

#include "second_rom.h"

enum { ACK = 0x79, NACK = 0x1F, BYTE_US = 95, FLASH = 0x08000000 };

// Four pages of 1 KB in two banks, 8 bytes at a time.
extern const struct second_rom_config second_rom_small;

struct bench {
    struct second_rom *rom;
    uint64_t now_us;
    uint8_t answers[300];
    size_t count;
};

// Synchronised.
void set_up(struct bench *bench, const struct second_rom_config *config);

// Sends bytes without a pause, and takes all answers to them.
void say(struct bench *bench, const uint8_t *bytes, size_t size);

// Says bytes, and the answer must be exactly this.
#define SAY(bench, ...)                                                                            \
    say(bench, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define ANSWERS(bench, ...)                                                                        \
    do {                                                                                           \
        const uint8_t wanted_[] = {__VA_ARGS__};                                                   \
        assert_int_equal((bench)->count, sizeof wanted_);                                          \
        assert_memory_equal((bench)->answers, wanted_, sizeof wanted_);                            \
    } while (0)

#endif
