// session_erase.c: erases pages: an image of erased bytes is brought into them.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "flasher.h"
#include "target_quirks.h"

#include <stdlib.h>
#include <string.h>

// The pages at both ends of a range, which may be larger than it.
struct ends {
    struct region first, last;
};

static int find_ends(const struct target *target, uint32_t start, uint32_t size, struct ends *ends,
                     struct problem *problem)
{
    const struct region *flash = &target->layout.flash;
    unsigned number;

    if (size > flash->size || start - flash->start > flash->size - size ||
        !flash_layout_page(&target->layout, start, &number, &ends->first) ||
        !flash_layout_page(&target->layout, start + (size - 1), &number, &ends->last)) {
        return problem_set(problem, EXIT_USAGE, "bootleap info, which tells the pages",
                           "%u bytes from 0x%08X: not in the flash of this chip, 0x%08X to 0x%08X",
                           size, start, flash->start, flash->start + flash->size - 1);
    }
    return 0;
}

// The range that is to be erased: whole pages.
static int choose_range(const struct libbootleap *chip,
                        const struct libbootleap_erase_settings *settings, struct region *range,
                        struct problem *problem)
{
    const struct region *flash = &chip->target.layout.flash;
    struct ends ends = {.first = {.size = 0}};

    if (settings->size == 0) {
        *range = *flash;
        return 0;
    }
    int error = find_ends(&chip->target, settings->start, settings->size, &ends, problem);
    if (error) {
        return error;
    }
    uint32_t end = ends.last.start + ends.last.size;
    *range = (struct region){.start = ends.first.start, .size = end - ends.first.start};
    if (settings->widen || (range->start == settings->start && range->size == settings->size)) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "--whole-pages, which erases all of these pages",
                       "%u bytes from 0x%08X: no whole pages; those that they touch are 0x%08X to "
                       "0x%08X",
                       settings->size, settings->start, range->start, end - 1);
}

// Erased bytes for each run of pages in the range: between two banks there may be a gap.
static int make_image(const struct target *target, const struct region *range, struct image *image,
                      struct problem *problem)
{
    *image = (struct image){.segments = calloc(TARGET_RANGES, sizeof *image->segments)};
    if (image->segments == NULL) {
        return problem_no_memory(problem, "erase");
    }
    for (const struct page_run *run = target->layout.pages; run->count; run++) {
        uint32_t from = run->start > range->start ? run->start : range->start;
        uint32_t run_end = run->start + run->count * run->size;
        uint32_t end = run_end < range->start + range->size ? run_end : range->start + range->size;
        if (from >= end || image->count == TARGET_RANGES) {
            continue;
        }
        struct segment *segment = &image->segments[image->count];
        *segment = (struct segment){from, end - from, malloc(end - from)};
        if (segment->bytes == NULL) {
            return problem_no_memory(problem, "erase");
        }
        memset(segment->bytes, target->device->erased, segment->size);
        image->count++;
    }
    return 0;
}

static int prepare(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                   struct region *range, struct problem *problem)
{
    int error = session_require(chip, problem);

    if (error == 0) {
        error =
            target_require_operations(&chip->target, BOOTLOADER_READ | BOOTLOADER_ERASE, problem);
    }
    if (error == 0) {
        error = target_require_open(&chip->target, problem);
    }
    return error ? error : choose_range(chip, settings, range, problem);
}

static int erase(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                 const struct image *image, struct libbootleap_erase_result *result,
                 struct problem *problem)
{
    struct plan plan;

    int error = plan_make(&plan, &chip->target, image, problem);
    if (error) {
        return error;
    }
    struct flasher flasher = {.target = &chip->target,
                              .image = image,
                              .plan = &plan,
                              .full = true,
                              .erases = true,
                              .unchecked = settings->unchecked,
                              .reads_spoil_writes = target_reads_spoil_writes(&chip->target),
                              .watch = &chip->watch};
    error = flasher_run(&flasher, problem);
    result->changed = flasher.changed;
    result->pages_erased = flasher.pages_erased;
    result->verified = error == 0 && !settings->unchecked;
    result->retries = chip->target.bootloader->retries + flasher.sectors_repeated;
    result->usb_transfers = chip->target.bootloader->transfers;
    plan_free(&plan);
    return error;
}

int session_erase(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                  struct libbootleap_erase_result *result, struct problem *problem)
{
    struct region range = {.size = 0};
    struct image image = {.count = 0};

    *result = (struct libbootleap_erase_result){0};
    int error = prepare(chip, settings, &range, problem);
    if (error) {
        return error;
    }
    result->start = range.start;
    result->size = range.size;
    error = make_image(&chip->target, &range, &image, problem);
    error = error ? error : erase(chip, settings, &image, result, problem);
    image_close(&image);
    return error;
}
