// sector_erase.c: erases pages in as few commands as the bootloader takes.
// SPDX-License-Identifier: MIT
#include "sector.h"

#include "monotonic.h"
#include "target_quirks.h"

enum {
    ERASE_GROUP_MS = 2000,        // an erase command is given no more pages than take so long
    ERASE_MARGIN_MS = 1000,       // and is awaited for so much longer
    UNKNOWN_PAGE_ERASE_MS = 5000, // no page of any series takes longer
};

int sector_go_on(const struct flasher *flasher, struct problem *problem)
{
    if (!watch_interrupted(flasher->watch)) {
        return 0;
    }
    return problem_set(problem, EXIT_FAILED, "the same command again",
                       !flasher->changed ? "interrupted: nothing was changed"
                       : flasher->erases ? "interrupted: only a part is erased"
                                         : "interrupted: only a part of the file is in flash");
}

static unsigned erase_ms(const struct plan_page *page)
{
    return page->erase_ms ? page->erase_ms : (unsigned)UNKNOWN_PAGE_ERASE_MS;
}

// How many pages from `first` on go into one command, and how long they take at most.
static size_t group(const struct plan *plan, size_t first, size_t most, unsigned *most_ms)
{
    size_t count = 1;

    *most_ms = erase_ms(&plan->pages[first]);
    while (count < most && !plan->pages[first].alone && !plan->pages[first + count].alone &&
           *most_ms + erase_ms(&plan->pages[first + count]) <= ERASE_GROUP_MS) {
        *most_ms += erase_ms(&plan->pages[first + count++]);
    }
    return count;
}

int sector_erase(struct flasher *flasher, size_t first, size_t count, size_t *done,
                 struct problem *problem)
{
    enum { GROUP_PAGES = 256 };
    struct bootloader *bootloader = flasher->target->bootloader;
    unsigned quirk = target_erase_pages(flasher->target, false);
    size_t limit = bootloader->erase_pages < GROUP_PAGES ? bootloader->erase_pages : GROUP_PAGES;
    struct bootloader_page pages[GROUP_PAGES];
    unsigned most_ms;

    limit = quirk < limit ? quirk : limit;
    *done = group(flasher->plan, first, count < limit ? count : limit, &most_ms);
    for (size_t i = 0; i < *done; i++) {
        const struct plan_page *page = &flasher->plan->pages[first + i];
        pages[i] = (struct bootloader_page){page->region.start, page->number};
    }
    int error = sector_go_on(flasher, problem);
    if (error) {
        return error;
    }
    flasher->changed = true;
    error = bootloader->ops->erase(bootloader, pages, (unsigned)*done, most_ms + ERASE_MARGIN_MS,
                                   problem);
    if (error) {
        return error;
    }
    flasher->pages_erased += *done;
    if (target_erase_pause_ms(flasher->target)) {
        monotonic_sleep_ms(target_erase_pause_ms(flasher->target));
    }
    return 0;
}
