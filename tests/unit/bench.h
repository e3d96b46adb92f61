// bench.h: a virtual chip that was switched on and is judged, for tests of its models.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_BENCH_H
#define BOOTLEAP_TESTS_BENCH_H

#include "bus.h"
#include "chip.h"
#include "journal.h"
#include "judge.h"

struct bench {
    struct chip chip;
    struct journal journal;
    struct judge judge;
};

// A copy of a row, to be changed before bench_open().
struct device bench_device(const char *slug);
// Powers a chip of this row on; `device` stays where it is until bench_close().
void bench_open(struct bench *bench, const struct device *device);
void bench_close(struct bench *bench);

void bench_reset(struct bench *bench, enum reset_kind kind);
// Lets time pass by this many instructions that do nothing.
void bench_wait(struct bench *bench, uint64_t instructions);
// When this watchdog, which the row has, resets the chip; EVENT_NEVER: it does not run.
uint64_t bench_deadline(const struct bench *bench, enum watchdog_kind kind);
// What a core does when it stores these bytes, if they may be stored.
bool bench_store(struct bench *bench, uint32_t address, const void *bytes, unsigned size);

#endif
