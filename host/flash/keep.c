// keep.c: reads data before its page is erased, and adds it to the image.
// SPDX-License-Identifier: MIT
#include "keep.h"

#include "keep_file.h"
#include "plan.h"
#include "sure_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int keep_parse(struct keep *keep, const char *text, struct problem *problem)
{
    if (keep->range_count == KEEP_RANGES) {
        return problem_set(problem, EXIT_USAGE, NULL, "--keep %s: more than %d of them", text,
                           KEEP_RANGES);
    }
    int error = address_range_parse(&keep->ranges[keep->range_count], "--keep", text, problem);
    keep->range_count += error == 0;
    return error;
}

static int check_range(const struct address_range *range, const struct target *target,
                       const struct image *image, struct problem *problem)
{
    const struct region *flash = &target->layout.flash;
    uint64_t end = (uint64_t)range->start + range->size;

    if (range->start < flash->start || end > (uint64_t)flash->start + flash->size) {
        return problem_set(problem, EXIT_USAGE, "an address and a length within it",
                           "--keep 0x%08X+0x%X: not in the flash of this %s, 0x%08X to 0x%08X",
                           range->start, range->size, target->device->name, flash->start,
                           flash->start + flash->size - 1);
    }
    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        if (segment->address < end && range->start < image_segment_end(segment)) {
            return problem_set(problem, EXIT_USAGE,
                               "a range that the file has no data for, or the same without --keep",
                               "--keep 0x%08X+0x%X: the file has data there, from 0x%08X on",
                               range->start, range->size,
                               segment->address > range->start ? segment->address : range->start);
        }
    }
    return 0;
}

static int read_part(struct keep *keep, const struct target *target, uint32_t start, uint32_t size,
                     struct problem *problem)
{
    struct segment *more = realloc(keep->read, (keep->read_count + 1) * sizeof *keep->read);
    uint8_t *bytes = malloc(size);

    if (more) {
        keep->read = more;
    }
    if (more == NULL || bytes == NULL) {
        free(bytes);
        return problem_no_memory(problem, "--keep");
    }
    keep->read[keep->read_count++] = (struct segment){start, size, bytes};
    for (uint32_t done = 0; done < size;) {
        uint32_t left = size - done, most = target->bootloader->block_bytes;
        uint32_t count = left < most ? left : most;
        int error = sure_read(target->bootloader, start + done, count, bytes + done, problem);
        if (error) {
            return error;
        }
        done += count;
    }
    return 0;
}

// What of one range lies in pages of this plan.
static int read_range(struct keep *keep, const struct address_range *range,
                      const struct target *target, const struct plan *plan, struct problem *problem)
{
    uint32_t end = range->start + range->size;

    for (size_t i = 0; i < plan->page_count; i++) {
        const struct region *page = &plan->pages[i].region;
        uint32_t from = page->start > range->start ? page->start : range->start;
        uint32_t to = page->start + page->size < end ? page->start + page->size : end;
        int error = from < to ? read_part(keep, target, from, to - from, problem) : 0;
        if (error) {
            return error;
        }
    }
    return 0;
}

static int by_address(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;

    return (a->address > b->address) - (a->address < b->address);
}

static int merge(struct keep *keep, const struct image *image, struct problem *problem)
{
    size_t count = image->count + keep->read_count;

    keep->image = *image;
    keep->image.segments = calloc(count, sizeof *keep->image.segments);
    if (keep->image.segments == NULL) {
        return problem_no_memory(problem, "--keep");
    }
    memcpy(keep->image.segments, image->segments, image->count * sizeof *image->segments);
    for (size_t i = 0; i < keep->read_count; i++) {
        keep->image.segments[image->count + i] = keep->read[i];
    }
    keep->image.count = count;
    qsort(keep->image.segments, count, sizeof *keep->image.segments, by_address);
    return 0;
}

static int take_files(struct keep *keep, const struct target *target, struct image *image,
                      struct problem *problem)
{
    char name[KEEP_FILE_NAME_BYTES];
    bool taken;

    for (size_t i = 0; i < keep->read_count; i++) {
        const struct segment *kept = &keep->read[i];
        int error = keep_file_take(keep->chip, kept, target->device->erased, &taken, problem);
        if (error) {
            return error;
        }
        if (taken) {
            image_note(image,
                       "what is kept at 0x%08X is taken from %s, which an interrupted "
                       "update of this chip has left",
                       kept->address, keep_file_name(keep->chip, kept->address, name));
        }
    }
    return 0;
}

int keep_read(struct keep *keep, const struct target *target, struct image *image,
              struct problem *problem)
{
    struct plan plan = {0};
    int error = 0;

    if (keep->range_count == 0) {
        return merge(keep, image, problem);
    }
    for (size_t i = 0; error == 0 && i < keep->range_count; i++) {
        error = check_range(&keep->ranges[i], target, image, problem);
    }
    if (error == 0) {
        error = plan_make(&plan, target, image, problem);
    }
    for (size_t i = 0; error == 0 && i < keep->range_count; i++) {
        error = read_range(keep, &keep->ranges[i], target, &plan, problem);
    }
    plan_free(&plan);
    if (error == 0 && keep->read_count) {
        error = target_unique_id(target, keep->chip, problem);
    }
    if (error == 0) {
        error = take_files(keep, target, image, problem);
    }
    return error ? error : merge(keep, image, problem);
}

uint32_t keep_bytes(const struct keep *keep)
{
    uint32_t bytes = 0;

    for (size_t i = 0; i < keep->read_count; i++) {
        bytes += keep->read[i].size;
    }
    return bytes;
}

void keep_free(struct keep *keep)
{
    for (size_t i = 0; i < keep->read_count; i++) {
        free(keep->read[i].bytes);
    }
    free(keep->read);
    free(keep->image.segments);
    *keep = (struct keep){.range_count = 0};
}
