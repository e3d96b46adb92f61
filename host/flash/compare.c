// compare.c: reads the chip before it is changed, as little of it as tells enough.
// SPDX-License-Identifier: MIT
#include "compare.h"

#include "sector.h"

enum {
    SAMPLES = 4,       // sectors that are looked at first
    SAMPLE_BYTES = 16, // of each: another build has not the same there
};

// Some bytes from the middle of what is written of a sector.
static int sample(struct flasher *flasher, const struct plan_sector *sector, bool *equal,
                  struct problem *problem)
{
    const struct plan_block *block =
        &flasher->plan->blocks[sector->first_block + sector->block_count / 2];
    uint32_t size = block->write_size ? block->write_size : block->size;
    uint32_t address = block->write_size ? block->write_address : block->address;

    if (size > SAMPLE_BYTES) {
        address += (size - SAMPLE_BYTES) / 2;
        size = SAMPLE_BYTES;
    }
    return sector_is_equal(flasher, address, size, equal, problem);
}

// Whether none of a few sectors, spread over the image, has the image's bytes.
static int is_another_image(struct flasher *flasher, bool *another, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    size_t samples = plan->sector_count < SAMPLES ? plan->sector_count : SAMPLES;
    bool equal;

    *another = true;
    for (size_t i = 0; i < samples && *another; i++) {
        size_t number = samples > 1 ? i * (plan->sector_count - 1) / (samples - 1) : 0;
        int error = sample(flasher, &plan->sectors[number], &equal, problem);
        if (error) {
            return error;
        }
        *another = !equal;
    }
    return 0;
}

// Reads until something differs. *done: the blocks that were gone through before, and after.
static int compare_blocks(struct flasher *flasher, const struct plan_sector *sector, bool *equal,
                          size_t *done, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    const size_t before = *done;

    *done += sector->block_count;
    *equal = true;
    for (size_t i = 0; i < sector->block_count && *equal; i++) {
        const struct plan_block *block = &plan->blocks[sector->first_block + i];
        int error = sector_is_equal(flasher, block->address, block->size, equal, problem);
        if (error) {
            return error;
        }
        watch_step(flasher->watch, "compare", before + i + 1, plan->block_count);
    }
    return 0;
}

// *equal: whether the sector before it was equal, then whether this one is. One behind a sector
// that differs is likely to differ, too: a few bytes of it are read first.
static int compare_sector(struct flasher *flasher, struct plan_sector *sector, bool *equal,
                          size_t *done, struct problem *problem)
{
    int error = *equal ? 0 : sample(flasher, sector, equal, problem);

    if (error == 0 && *equal) {
        error = compare_blocks(flasher, sector, equal, done, problem);
    } else {
        *done += sector->block_count;
    }
    if (error == 0) {
        sector->rewrite = !*equal;
        sector->checked = *equal;
    }
    return error;
}

// The sector that starts the image comes last: it is rewritten with any other, whatever it holds.
int compare_image(struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    bool another, equal = true, all_equal = true;
    size_t done = 0;

    int error = is_another_image(flasher, &another, problem);
    for (size_t i = 0; error == 0 && !another && i < plan->sector_count; i++) {
        if (i != plan->first_sector) {
            error = compare_sector(flasher, &plan->sectors[i], &equal, &done, problem);
            all_equal &= equal;
        }
    }
    if (error == 0 && !another && all_equal) {
        struct plan_sector *first = &plan->sectors[plan->first_sector];
        error = compare_sector(flasher, first, &equal, &done, problem);
    }
    return error;
}
