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
        return problem_set(problem, EXIT_FAILED, NULL, "flash: out of memory");
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

// The pages from that of sector `at` on which are erased with it: those of the sectors behind it,
// up to one that stays.
static size_t pages_in_a_row(const struct plan *plan, size_t at)
{
    size_t pages = 0;

    for (; at < plan->sector_count && plan->sectors[at].rewrite; at++) {
        pages += plan->sectors[at].page_count;
    }
    return pages;
}

// The first sector goes first and alone: from then on there is nothing that starts.
static int erase(struct flasher *flasher, struct problem *problem)
{
    const struct plan *plan = flasher->plan;
    size_t total = pages_to_erase(plan), erased = 0, done;

    for (size_t i = 0, next = 0; i < plan->sector_count; i++) {
        const struct plan_sector *sector = &plan->sectors[i];
        size_t behind = sector->first_page + sector->page_count;
        next = sector->first_page > next ? sector->first_page : next;
        while (sector->rewrite && next < behind) {
            size_t row =
                i == 0 ? behind - next : sector->first_page + pages_in_a_row(plan, i) - next;
            int error = sector_erase(flasher, next, row, &done, problem);
            if (error) {
                return error;
            }
            next += done;
            erased += done;
            progress_step(flasher->progress, "erase", erased, total);
        }
    }
    progress_stop(flasher->progress);
    return 0;
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
    progress_stop(flasher->progress);
    return 0;
}

static int rewrite(struct flasher *flasher, struct problem *problem)
{
    int error = erase(flasher, problem);

    if (error == 0 && flasher->reads_spoil_writes) {
        error = sector_absorb(flasher, &flasher->plan->sectors[0], problem);
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

static int run(struct flasher *flasher, struct problem *problem)
{
    int error = flasher->full ? 0 : compare_image(flasher, problem);

    progress_stop(flasher->progress);
    if (error == 0 && any_to_rewrite(flasher->plan)) {
        // Without its first unit nothing starts that is only half there.
        flasher->sectors_kept -= !flasher->plan->sectors[0].rewrite;
        flasher->plan->sectors[0].rewrite = true;
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
        progress_stop(flasher->progress);
    } else {
        error = problem_set(problem, EXIT_FAILED, NULL, "flash: out of memory");
    }
    free(flasher->wanted);
    free(flasher->is);
    flasher->wanted = flasher->is = NULL;
    return error;
}
