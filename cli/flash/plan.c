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

static int check_inside(const struct device *device, const struct image *image,
                        struct problem *problem)
{
    const struct region *flash = &device->flash;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint64_t end = (uint64_t)segment->address + segment->size;
        if (segment->address < flash->start || segment->address >= end_of(flash)) {
            return problem_set(problem, EXIT_USAGE, "the linker script, and the device it is for",
                               "data for 0x%08X: outside the flash of %s, 0x%08X to 0x%08X",
                               segment->address, device->name, flash->start, end_of(flash) - 1);
        }
        if (end > end_of(flash)) {
            return problem_set(problem, EXIT_USAGE, "a smaller build, or the device it is for",
                               "data for 0x%08X to 0x%08X: too large, the flash of %s ends at "
                               "0x%08X",
                               segment->address, (uint32_t)(end - 1), device->name,
                               end_of(flash) - 1);
        }
    }
    return 0;
}

static uint32_t word_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

// A stack starts above its last byte, so the end of RAM is a good stack pointer.
static bool is_stack(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (address > ram->region.start && address <= end_of(&ram->region)) {
            return address % WORD_BYTES == 0;
        }
    }
    return false;
}

static int check_vectors(const struct device *device, const struct image *image,
                         struct problem *problem)
{
    static const char wrong_chip[] = "the build for this chip; --force flashes the file as it is";
    uint8_t table[8], code[2];

    if (image_read(image, device->flash.start, sizeof table, table) != sizeof table) {
        return 0;
    }
    uint32_t stack = word_at(table);
    uint32_t reset = word_at(table + 4);
    if (!is_stack(device, stack)) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: stack pointer 0x%08X is outside the RAM of %s",
                           device->flash.start, stack, device->name);
    }
    if (reset % 2 == 0) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: reset handler 0x%08X is not Thumb code",
                           device->flash.start, reset);
    }
    if (image_read(image, reset - 1, sizeof code, code) != sizeof code) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: reset handler 0x%08X is outside the file",
                           device->flash.start, reset);
    }
    return 0;
}

int plan_check(const struct device *device, const struct image *image, bool force,
               struct problem *problem)
{
    int error = check_inside(device, image, problem);

    if (error == 0 && !force) {
        error = image_check_core(image, device, problem);
    }
    if (error == 0 && !force) {
        error = check_vectors(device, image, problem);
    }
    return error;
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
