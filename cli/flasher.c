// flasher.c: the order in which a chip is erased, written and verified.
// SPDX-License-Identifier: MIT
#include "flasher.h"

int flasher_check(const struct rom *rom, struct problem *problem)
{
    static const enum an3155_code needed[] = {AN3155_READ, AN3155_WRITE, AN3155_GO};
    const struct an3155 *protocol = &rom->protocol;

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!an3155_has(protocol, needed[i])) {
            return problem_set(problem, EXIT_REFUSED, "bootleap info, for the commands it has",
                               "ROM at %s: it has no command 0x%02X", link_port(protocol->link),
                               needed[i]);
        }
    }
    if (!an3155_has(protocol, AN3155_EXTENDED_ERASE) && !an3155_has(protocol, AN3155_ERASE)) {
        return problem_set(problem, EXIT_REFUSED, "bootleap info, for the commands it has",
                           "ROM at %s: it has no erase command", link_port(protocol->link));
    }
    return 0;
}

static int erase(struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    uint16_t numbers[AN3155_ERASE_PAGES];
    size_t done = 0;

    while (done < plan->page_count) {
        size_t count = plan_erase_count(plan, done, AN3155_ERASE_PAGES);
        for (size_t i = 0; i < count; i++) {
            numbers[i] = plan->pages[done + i].number;
        }
        int error = an3155_erase(&flasher->rom->protocol, numbers, (unsigned)count, problem);
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
    const struct plan *plan = flasher->plan;
    uint8_t bytes[AN3155_BLOCK_BYTES];

    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[(i + 1) % plan->block_count];
        if (!block->erased) {
            plan_read(flasher->rom->device, flasher->image, block, bytes);
            int error =
                an3155_write(&flasher->rom->protocol, block->address, block->size, bytes, problem);
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
    const struct plan *plan = flasher->plan;
    uint8_t wanted[AN3155_BLOCK_BYTES], is[AN3155_BLOCK_BYTES];

    for (size_t i = 0; i < plan->block_count; i++) {
        const struct plan_block *block = &plan->blocks[i];
        plan_read(flasher->rom->device, flasher->image, block, wanted);
        int error = an3155_read(&flasher->rom->protocol, block->address, block->size, is, problem);
        if (error == 0) {
            error = compare(block, wanted, is, problem);
        }
        if (error) {
            return error;
        }
        progress_step(&flasher->progress, "verify", i + 1, plan->block_count);
    }
    return 0;
}

int flasher_run(struct flasher *flasher, struct problem *problem)
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
