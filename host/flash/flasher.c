// flasher.c: the order in which a chip is compared, erased, written and verified.
// SPDX-License-Identifier: MIT
#include "flasher.h"

#include "compare.h"
#include "sector.h"

#include <stdlib.h>

static bool any_to_rewrite(const struct plan *plan)
{
    for (size_t i = 0; i < plan->sector_count; i++) {
        if (plan->sectors[i].rewrite) {
            return true;
        }
    }
    return false;
}

static size_t pages_to_erase(const struct plan *plan)
{
    size_t pages = 0;

    for (size_t i = 0; i < plan->sector_count; i++) {
        pages += plan->sectors[i].rewrite ? plan->sectors[i].page_count : 0;
    }
    return pages;
}

// What is to be erased must not be protected. What stays may be.
static int require_unprotected(const struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    struct region *regions = calloc(plan->page_count, sizeof *regions);
    size_t count = 0;

    if (regions == NULL) {
        return problem_no_memory(problem, "flash");
    }
    for (size_t i = 0; i < plan->sector_count; i++) {
        const struct plan_sector *sector = &plan->sectors[i];
        for (size_t k = 0; sector->rewrite && k < sector->page_count; k++) {
            regions[count++] = plan->pages[sector->first_page + k].region;
        }
    }
    int error = target_require_unprotected(flasher->target, regions, count, problem);
    free(regions);
    return error;
}

// Erases `count` pages from `first` on.
static int erase_run(struct flasher *flasher, size_t first, size_t count, size_t *erased,
                     struct problem *problem)
{
    size_t total = pages_to_erase(flasher->plan), done;

    for (size_t page = first; page < first + count; page += done) {
        int error = sector_erase(flasher, page, first + count - page, &done, problem);
        if (error) {
            return error;
        }
        *erased += done;
        watch_step(flasher->watch, "erase", *erased, total);
    }
    return 0;
}

// What starts the image goes first and alone: from then on there is nothing that starts. Then
// sectors that follow each other, together.
static int erase(struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    const struct plan_sector *first = &plan->sectors[plan->first_sector];
    size_t erased = 0;

    int error = erase_run(flasher, first->first_page, first->page_count, &erased, problem);
    for (size_t i = 0; i < plan->sector_count && error == 0; i++) {
        size_t pages = 0, at = i;
        for (; at < plan->sector_count && at != plan->first_sector && plan->sectors[at].rewrite;
             at++) {
            pages += plan->sectors[at].page_count;
        }
        if (pages) {
            error = erase_run(flasher, plan->sectors[i].first_page, pages, &erased, problem);
            i = at - 1;
        }
    }
    watch_stop(flasher->watch);
    return error;
}

static int for_each(struct flasher *flasher, struct problem *problem,
                    int (*act)(struct flasher *flasher, struct plan_sector *sector,
                               struct problem *problem))
{
    for (size_t i = 0; i < flasher->plan->sector_count; i++) {
        struct plan_sector *sector = &flasher->plan->sectors[i];
        int error = sector->rewrite ? act(flasher, sector, problem) : 0;
        if (error) {
            return error;
        }
    }
    watch_stop(flasher->watch);
    return 0;
}

static int rewrite(struct flasher *flasher, struct problem *problem)
{
    int error = erase(flasher, problem);

    if (error || flasher->unchecked) {
        return error;
    }
    if (flasher->reads_spoil_writes && flasher->plan->write_bytes) {
        error =
            sector_absorb(flasher, &flasher->plan->sectors[flasher->plan->first_sector], problem);
    }
    if (error == 0) {
        error = for_each(flasher, problem, sector_write);
    }
    if (error == 0 && flasher->reads_spoil_writes) {
        error = sector_write_first(flasher, problem);
    }
    if (error == 0) {
        error = for_each(flasher, problem, sector_verify);
    }
    if (error == 0 && !flasher->reads_spoil_writes) {
        error = sector_write_first(flasher, problem);
    }
    return error;
}

// Whether the chip reaches as far as the image, before anything of it is erased: the map that a ROM
// tells may be that of the largest chip of its line.
static int read_end(struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    const struct plan_block *last = &plan->blocks[plan->block_count - 1];
    uint32_t end = last->address + last->size;
    bool equal;

    int error = sector_is_equal(flasher, end - plan->unit_bytes, plan->unit_bytes, &equal, problem);
    if (error != EXIT_REFUSED || !target_shows_something(flasher->target)) {
        return error;
    }
    return problem_set(problem, EXIT_REFUSED, "a smaller file; bootleap info says more of the chip",
                       "the file reaches to 0x%08X, and the ROM refuses to read there: this chip "
                       "may have less flash",
                       end - 1);
}

static int run(struct flasher *flasher, struct problem *problem)
{
    bool comes_to_end = flasher->target->map_fits && !flasher->full; // ... when it compares
    int error = comes_to_end ? 0 : read_end(flasher, problem);

    if (error == 0 && !flasher->full) {
        error = compare_image(flasher, problem);
    }
    if (error == EXIT_REFUSED && comes_to_end) {
        int end = read_end(flasher, problem); // if that is why, it says so
        error = end ? end : error;
    }
    watch_stop(flasher->watch);
    if (error == 0 && any_to_rewrite(flasher->plan)) {
        // Without what starts it nothing runs that is only half there.
        struct plan_sector *first = &flasher->plan->sectors[flasher->plan->first_sector];
        first->rewrite = true;
        error = require_unprotected(flasher, problem);
        error = error ? error : rewrite(flasher, problem);
    }
    return error;
}

int flasher_run(struct flasher *flasher, struct problem *problem)
{
    uint32_t block_bytes = flasher->plan->block_bytes;

    flasher->wanted = malloc(block_bytes);
    flasher->is = malloc(block_bytes);
    int error;
    if (flasher->wanted && flasher->is) {
        error = run(flasher, problem);
        watch_stop(flasher->watch);
    } else {
        error = problem_no_memory(problem, "flash");
    }
    free(flasher->wanted);
    free(flasher->is);
    flasher->wanted = flasher->is = NULL;
    return error;
}
