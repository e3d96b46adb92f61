// bench.c: makes a chip for a test, and stands in for its core.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include "blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct device bench_device(const char *slug)
{
    return *device_find(slug);
}

void bench_open(struct bench *bench, const struct device *device)
{
    struct problem problem;

    memset(bench, 0, sizeof *bench);
    journal_open(&bench->journal, NULL, &bench->chip.core.instructions);
    assert_int_equal(chip_open(&bench->chip, device, blocks_type, &bench->journal, 1, &problem), 0);
    judge_open(&bench->judge, &bench->chip);
    bench_reset(bench, RESET_POWER_ON);
}

void bench_close(struct bench *bench)
{
    chip_close(&bench->chip);
    journal_close(&bench->journal);
}

void bench_reset(struct bench *bench, enum reset_kind kind)
{
    struct problem problem;

    assert_int_equal(chip_reset(&bench->chip, kind, &problem), 0);
}

void bench_wait(struct bench *bench, uint64_t instructions)
{
    uint64_t end = bench->chip.core.instructions + instructions;

    while (bench->chip.core.instructions < end && !bench->chip.reset_wanted) {
        bench->chip.paused = false;
        bench->chip.deferred = NULL; // no core runs that could see what was left for it
        chip_instruction(&bench->chip, bench->chip.device->flash.start);
    }
}

uint64_t bench_deadline(const struct bench *bench, enum watchdog_kind kind)
{
    const struct block *block = block_watchdog(&bench->chip, kind);

    assert_non_null(block);
    return block->type->watchdog->deadline(block);
}

bool bench_store(struct bench *bench, uint32_t address, const void *bytes, unsigned size)
{
    bool passes = store_path_check(&bench->chip.core, address, size);

    if (passes) {
        memcpy(memory_at(&bench->chip.memory, address, size), bytes, size);
    }
    bench->chip.core.instructions++;
    return passes;
}
