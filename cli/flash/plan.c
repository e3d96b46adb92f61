// plan.c: from an image and a device to pages and blocks.
// SPDX-License-Identifier: MIT
#include "plan.h"

#include <stdlib.h>
#include <string.h>

// The ROMs write multiples of 4 bytes.
enum { WORD_BYTES = 4, CHUNK_BYTES = 256 };

static uint32_t end_of(const struct region *region)
{
    return region->start + region->size;
}

static uint32_t unit_of(const struct device *device)
{
    return device->program_bytes > WORD_BYTES ? device->program_bytes : WORD_BYTES;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool is_erased(const struct device *device, const struct image *image,
                      const struct plan_block *block)
{
    uint8_t bytes[CHUNK_BYTES];

    for (uint32_t done = 0; done < block->size; done += CHUNK_BYTES) {
        struct plan_block chunk = {block->address + done, least(block->size - done, CHUNK_BYTES),
                                   false};
        plan_read(device, image, &chunk, bytes);
        for (uint32_t i = 0; i < chunk.size; i++) {
            if (bytes[i] != device->erased) {
                return false;
            }
        }
    }
    return true;
}

// From one segment up to `end`, which is past it and aligned.
static void add_blocks(struct plan *plan, const struct device *device, const struct image *image,
                       uint32_t address, uint32_t end)
{
    while (address < end) {
        struct plan_block *block = &plan->blocks[plan->block_count++];
        uint32_t room = plan->block_bytes - address % plan->block_bytes;
        *block = (struct plan_block){address, least(end - address, room), false};
        block->erased = is_erased(device, image, block);
        if (block->erased) {
            plan->skipped++;
        } else {
            plan->write_bytes += block->size;
        }
        address += block->size;
    }
}

// Two segments may share a programming unit. The first one takes it, with the bytes of both.
static void plan_blocks(struct plan *plan, const struct device *device, const struct image *image)
{
    uint32_t unit = unit_of(device);
    uint32_t done = 0;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t start = segment->address - segment->address % unit;
        uint32_t end = segment->address + segment->size;
        end += (unit - end % unit) % unit;
        add_blocks(plan, device, image, start > done ? start : done, end);
        done = end;
    }
}

// The ROM of STM32G0B1 stops after the first of several pages of the second bank (AN2606 Rev 70,
// table 112). The pages of a bank are one run of the table, so pages outside the first run go
// one by one; where a run is not a bank, that costs one more round trip per large page.
static bool is_in_first_run(const struct device *device, uint32_t address)
{
    const struct page_run *first = device->pages;

    return address - first->start < first->count * first->size;
}

// A block may span several pages: those of some chips have 128 bytes.
static void add_pages(struct plan *plan, const struct device *device,
                      const struct plan_block *block)
{
    uint32_t address = block->address;
    unsigned number;
    struct region page;

    while (address < block->address + block->size && device_page(device, address, &number, &page)) {
        const uint16_t *last = plan->page_count ? &plan->pages[plan->page_count - 1] : NULL;
        if (last == NULL || *last != number) {
            plan->pages[plan->page_count++] = (uint16_t)number;
            plan->pages_together += is_in_first_run(device, page.start);
        }
        address = end_of(&page);
    }
}

int plan_make(struct plan *plan, const struct device *device, const struct image *image,
              uint32_t block_bytes, struct problem *problem)
{
    size_t most_blocks = 0, most_pages = 0;

    *plan = (struct plan){.block_bytes = block_bytes};
    for (size_t i = 0; i < image->count; i++) {
        most_blocks += image->segments[i].size / block_bytes + 2;
    }
    for (const struct page_run *run = device->pages; run->count; run++) {
        most_pages += run->count;
    }
    plan->blocks = calloc(most_blocks, sizeof *plan->blocks);
    plan->pages = calloc(most_pages, sizeof *plan->pages);
    if (plan->blocks == NULL || plan->pages == NULL) {
        plan_free(plan);
        return problem_set(problem, EXIT_FAILED, NULL, "plan: out of memory");
    }
    plan_blocks(plan, device, image);
    for (size_t i = 0; i < plan->block_count; i++) {
        add_pages(plan, device, &plan->blocks[i]);
    }
    return 0;
}

void plan_free(struct plan *plan)
{
    free(plan->pages);
    free(plan->blocks);
    *plan = (struct plan){0};
}

size_t plan_erase_count(const struct plan *plan, size_t first, size_t limit)
{
    if (first >= plan->pages_together) {
        return 1;
    }
    return plan->pages_together - first < limit ? plan->pages_together - first : limit;
}

void plan_read(const struct device *device, const struct image *image,
               const struct plan_block *block, uint8_t *bytes)
{
    memset(bytes, device->erased, block->size);
    image_read(image, block->address, block->size, bytes);
}
