// request_bench.h: a request over a reset that a test puts together: store, reset, start-up, check.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHECK_REQUEST_BENCH_H
#define BOOTLEAP_TESTS_CHECK_REQUEST_BENCH_H

#include "rule_bench.h"
#include "start_up.h"

enum { BENCH_CODE = 0x400 };

// One entry on the reset path, one reset, and an image at the start of flash whose stack begins at
// the end of the first RAM.
struct request_bench {
    struct rule_bench rule;
    struct start_up start_up;
    struct reset_site site;
    struct event site_events[BENCH_EVENTS];
    unsigned site_event_count;
    struct code_region region;
    uint8_t code[BENCH_CODE];
};

void request_bench_open(struct request_bench *bench, const char *slug);
void request_bench_close(struct request_bench *bench);

// The entry depends on this word.
void request_bench_check(struct request_bench *bench, uint32_t address, uint32_t value);

// Start-up code reads this word, and nothing has written it.
struct start_up_word *request_bench_read(struct request_bench *bench, uint32_t address);

// The reset comes with this word; with a register that was written so.
void request_bench_store(struct request_bench *bench, uint32_t address, uint32_t value);
void request_bench_register(struct request_bench *bench, uint32_t address, struct value value);

// All of it: the word is stored, kept and checked.
struct start_up_word *request_bench_request(struct request_bench *bench, uint32_t address);

// Words of the program, from the start of flash on.
void request_bench_code(struct request_bench *bench, uint32_t offset, const uint32_t *words,
                        size_t count);

// bootleap_depart() with its words: the mark's place, and the ROM that it enters.
void request_bench_bootleap(struct request_bench *bench, uint32_t mark, uint32_t rom);

// Asks of the program.
void request_bench_expect_program(struct request_bench *bench, rule_function *rule,
                                  const char *about, enum verdict verdict, enum severity severity);

#endif
