// flasher.c: the order in which a chip is erased, written and verified.
// SPDX-License-Identifier: MIT
#include "flasher.h"

#include <stdlib.h>

static int erase(struct flasher *flasher, struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;
    const struct plan *plan = flasher->plan;
    size_t done = 0;

    while (done < plan->page_count) {
        size_t count = plan_erase_count(plan, done, bootloader->erase_pages);
        int error =
            bootloader->ops->erase(bootloader, plan->pages + done, (unsigned)count, problem);
        if (error) {
            return error;
        }
        done += count;
        flasher->pages_erased = done;
        progress_step(&flasher->progress, "erase", done, plan->page_count);
    }
    return 0;
}

// The first block goes last: it has the vector table, and a chip whose power fails in between
// is better off without one. Those that look whether flash is empty start their ROM then.
static int write_blocks(struct flasher *flasher, struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;
    const struct plan *plan = flasher->plan;

    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[(i + 1) % plan->block_count];
        if (!block->erased) {
            plan_read(flasher->target->device, flasher->image, block, flasher->wanted);
            int error = bootloader->ops->write(bootloader, block->address, block->size,
                                               flasher->wanted, problem);
            if (error) {
                return error;
            }
            flasher->bytes_written += block->size;
        }
        progress_step(&flasher->progress, "write", i + 1, plan->block_count);
    }
    return 0;
}

static int compare(const struct plan_block *block, const uint8_t *wanted, const uint8_t *is,
                   struct problem *problem)
{
    for (uint32_t i = 0; i < block->size; i++) {
        if (is[i] != wanted[i]) {
            return problem_set(problem, EXIT_VERIFY,
                               "flash again; if it stays, look at the supply and the wiring",
                               "verify at 0x%08X: the chip has 0x%02X, the file 0x%02X",
                               block->address + i, is[i], wanted[i]);
        }
    }
    return 0;
}

// After all writes: the ROM of STM32H723 reads and writes wrong data when reads come between.
static int verify(struct flasher *flasher, struct problem *problem)
{
    struct bootloader *bootloader = flasher->target->bootloader;
    const struct plan *plan = flasher->plan;

    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[i];
        plan_read(flasher->target->device, flasher->image, block, flasher->wanted);
        int error =
            bootloader->ops->read(bootloader, block->address, block->size, flasher->is, problem);
        if (error == 0) {
            error = compare(block, flasher->wanted, flasher->is, problem);
        }
        if (error) {
            return error;
        }
        progress_step(&flasher->progress, "verify", i + 1, plan->block_count);
    }
    return 0;
}

static int run(struct flasher *flasher, struct problem *problem)
{
    progress_start(&flasher->progress);
    int error = erase(flasher, problem);
    if (error == 0) {
        error = write_blocks(flasher, problem);
    }
    if (error == 0) {
        error = verify(flasher, problem);
    }
    progress_stop(&flasher->progress);
    return error;
}

int flasher_run(struct flasher *flasher, struct problem *problem)
{
    uint32_t block_bytes = flasher->plan->block_bytes;

    flasher->wanted = malloc(block_bytes);
    flasher->is = malloc(block_bytes);
    int error = flasher->wanted && flasher->is
                    ? run(flasher, problem)
                    : problem_set(problem, EXIT_FAILED, NULL, "flash: out of memory");
    free(flasher->wanted);
    free(flasher->is);
    flasher->wanted = flasher->is = NULL;
    return error;
}
