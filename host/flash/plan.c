// plan.c: from an image and a chip to blocks, pages and sectors.
// SPDX-License-Identifier: MIT
#include "plan.h"

#include "image_check.h"
#include "target_quirks.h"

#include <stdlib.h>
#include <string.h>

// The ROMs write multiples of 4 bytes. No device programs more than CHUNK_BYTES at once.
enum { WORD_BYTES = 4, VECTORS_BYTES = 16, CHUNK_BYTES = 256 };

// What a plan is made from.
struct wish {
    const struct target *target;
    const struct device *device;
    const struct flash_layout *layout;
    const struct image *image;
};

static uint32_t end_of(const struct region *region)
{
    return region->start + region->size;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t unit_of(const struct device *device)
{
    return device->program_bytes > WORD_BYTES ? device->program_bytes : WORD_BYTES;
}

static bool is_erased(const struct wish *wish, uint32_t address, uint32_t size)
{
    uint8_t bytes[CHUNK_BYTES];

    plan_read(wish->device, wish->image, address, size, bytes);
    for (uint32_t i = 0; i < size; i++) {
        if (bytes[i] != wish->device->erased) {
            return false;
        }
    }
    return true;
}

// Whether a unit that is programmed with the erased value can be programmed again. Where the flash
// has an error code for each unit it cannot.
static bool stays_erased(const struct device *device)
{
    return device->second_write == SECOND_WRITE_CLEARS_BITS ||
           (device->second_write == SECOND_WRITE_REFUSED && device->program_bytes <= WORD_BYTES);
}

// Cuts off the units at both ends that stay erased.
static void trim(struct plan_block *block, const struct wish *wish)
{
    uint32_t unit = unit_of(wish->device);
    uint32_t from = block->address, to = block->address + block->size;

    while (from < to && is_erased(wish, from, unit)) {
        from += unit;
    }
    while (to > from && is_erased(wish, to - unit, unit)) {
        to -= unit;
    }
    block->write_address = from;
    block->write_size = to - from;
}

// From one segment up to `end`, which is past it and aligned.
static void add_blocks(struct plan *plan, const struct wish *wish, uint32_t address, uint32_t end)
{
    while (address < end) {
        struct plan_block *block = &plan->blocks[plan->block_count++];
        uint32_t room = plan->block_bytes - address % plan->block_bytes;
        *block = (struct plan_block){.address = address, .size = least(end - address, room)};
        trim(block, wish);
        plan->skipped += block->write_size == 0;
        plan->write_bytes += block->write_size;
        address += block->size;
    }
}

// Two segments may share a programming unit. The first one takes it, with the bytes of both.
static void plan_blocks(struct plan *plan, const struct wish *wish)
{
    uint32_t unit = unit_of(wish->device);
    uint32_t done = 0;

    for (size_t i = 0; i < wish->image->count; i++) {
        const struct segment *segment = &wish->image->segments[i];
        uint32_t start = segment->address - segment->address % unit;
        uint32_t end = segment->address + segment->size;
        end += (unit - end % unit) % unit;
        add_blocks(plan, wish, start > done ? start : done, end);
        done = end;
    }
}

// Whether this block and the one before are parts of one that is whole.
static bool shares_block(const struct plan *plan, size_t number)
{
    return number > 0 && number < plan->block_count &&
           plan->blocks[number].address / plan->block_bytes ==
               plan->blocks[number - 1].address / plan->block_bytes;
}

// Has blocks written whole, where the pages that are erased for them reach so far.
static void widen(struct plan *plan, const struct wish *wish)
{
    struct region page;
    unsigned number;

    for (size_t i = 0; i < plan->block_count; i++) {
        struct plan_block *block = &plan->blocks[i];
        if (block->write_size && !shares_block(plan, i) && !shares_block(plan, i + 1) &&
            flash_layout_page(wish->layout, block->address, &number, &page) &&
            page.size >= plan->block_bytes) {
            block->write_address = block->address - block->address % plan->block_bytes;
            block->write_size = plan->block_bytes;
        }
    }
}

// AN2606 Rev 70, tables 110 and 112, speak of pages of bank 2. Nobody says whether they mean a chip
// whose banks are one, so the second half of its flash counts as well.
static bool is_alone(const struct target *target, uint32_t address)
{
    const struct region *flash = &target->layout.flash;
    const struct page_run *first = target->layout.pages;
    bool second = address - first->start >= first->count * first->size ||
                  address - flash->start >= flash->size / 2;

    return target_erase_pages(target, second) == 1;
}

static unsigned erase_ms(const struct flash_layout *layout, uint32_t address)
{
    for (const struct page_run *run = layout->pages; run->count; run++) {
        if (address - run->start < run->count * run->size) {
            return run->erase_ms;
        }
    }
    return 0;
}

static int no_page(const struct flash_layout *layout, uint32_t address, struct problem *problem)
{
    static const char info[] = "another place for the file; bootleap info says more";

    if (flash_layout_is_gap(layout, address)) {
        return problem_set(problem, EXIT_REFUSED, info,
                           "data for 0x%08X: this chip has no flash there, between its two banks",
                           address);
    }
    return problem_set(problem, EXIT_REFUSED, info,
                       "erase at 0x%08X: nobody has published which number the ROM of this chip "
                       "gives to the page there",
                       address);
}

// Over USB some ROMs erase another page there, or none.
static bool is_out_of_reach(const struct target *target, uint32_t address)
{
    const struct region *flash = &target->layout.flash;

    return target->banks != 1 && address - flash->start >= flash->size / 2 &&
           !target_erases_second_bank(target);
}

// A block may span several pages: those of some chips have 128 bytes.
static int add_pages(struct plan *plan, const struct wish *wish, const struct plan_block *block,
                     struct problem *problem)
{
    uint32_t address = block->address;
    unsigned number;
    struct region page;

    while (address < block->address + block->size) {
        if (!flash_layout_page(wish->layout, address, &number, &page)) {
            return no_page(wish->layout, address, problem);
        }
        if (is_out_of_reach(wish->target, address)) {
            return problem_set(problem, EXIT_REFUSED, "the same over a USART of the ROM",
                               "erase at 0x%08X: this version of the ROM does not erase bank 2 "
                               "over USB, or not the pages that it is told",
                               address);
        }
        const struct plan_page *last = plan->page_count ? &plan->pages[plan->page_count - 1] : NULL;
        if (last == NULL || last->number != number) {
            plan->pages[plan->page_count++] =
                (struct plan_page){page, (uint16_t)number, is_alone(wish->target, page.start),
                                   erase_ms(wish->layout, page.start)};
        }
        address = end_of(&page);
    }
    return 0;
}

// Where the sector begins that this block belongs to.
static uint32_t sector_start(const struct plan *plan, const struct wish *wish,
                             const struct plan_block *block)
{
    struct region page;
    unsigned number;

    return flash_layout_page(wish->layout, block->address, &number, &page) &&
                   page.size >= plan->block_bytes
               ? page.start
               : block->address - block->address % plan->block_bytes;
}

static int plan_sectors(struct plan *plan, const struct wish *wish, struct problem *problem)
{
    uint32_t last = 0;

    for (size_t i = 0; i < plan->block_count; i++) {
        uint32_t start = sector_start(plan, wish, &plan->blocks[i]);
        if (i == 0 || start != last) {
            plan->sectors[plan->sector_count++] = (struct plan_sector){
                .first_page = plan->page_count, .first_block = i, .rewrite = true};
        }
        struct plan_sector *sector = &plan->sectors[plan->sector_count - 1];
        int error = add_pages(plan, wish, &plan->blocks[i], problem);
        if (error) {
            return error;
        }
        sector->page_count = plan->page_count - sector->first_page;
        sector->block_count++;
        last = start;
    }
    return 0;
}

// The block that begins with the image's first vector table.
static size_t first_block(const struct plan *plan, const struct wish *wish)
{
    for (size_t i = 0; i < wish->image->count; i++) {
        uint32_t address = wish->image->segments[i].address;
        size_t block = 0;
        while (block < plan->block_count && plan->blocks[block].address != address) {
            block++;
        }
        if (block < plan->block_count && image_has_vectors(wish->device, wish->image, address)) {
            return block;
        }
    }
    return 0;
}

static size_t sector_of(const struct plan *plan, size_t block)
{
    size_t sector = 0;

    while (block >= plan->sectors[sector].first_block + plan->sectors[sector].block_count) {
        sector++;
    }
    return sector;
}

// A start-up file that sets its own stack pointer runs without one. So the reset handler goes last
// too, and NMI's and HardFault's, which a core takes that finds none. Where a part of a block costs
// as much as all of it, and these are several units that can be programmed only once, the rest of
// the block goes with them: one block and one address less.
static void plan_first(struct plan *plan, const struct wish *wish)
{
    uint32_t bytes = plan->unit_bytes > VECTORS_BYTES ? plan->unit_bytes : (uint32_t)VECTORS_BYTES;

    plan->first_block = first_block(plan, wish);
    plan->first_sector = sector_of(plan, plan->first_block);
    const uint32_t size = plan->blocks[plan->first_block].size;
    bool takes_all = wish->target->bootloader->whole_blocks && !plan->writes_erased &&
                     plan->unit_bytes < VECTORS_BYTES && !target_reads_spoil_writes(wish->target);
    plan->first_bytes = takes_all ? size : least(bytes, size);
}

int plan_make(struct plan *plan, const struct target *target, const struct image *image,
              struct problem *problem)
{
    const struct wish wish = {target, target->device, &target->layout, image};
    const uint32_t block_bytes = target->bootloader->block_bytes;
    size_t most_blocks = 0, most_pages = 0;

    *plan = (struct plan){.block_bytes = block_bytes,
                          .unit_bytes = unit_of(target->device),
                          .writes_erased =
                              target->bootloader->whole_blocks && stays_erased(target->device)};
    for (size_t i = 0; i < image->count; i++) {
        most_blocks += image->segments[i].size / block_bytes + 2;
    }
    for (const struct page_run *run = target->layout.pages; run->count; run++) {
        most_pages += run->count;
    }
    plan->blocks = calloc(most_blocks, sizeof *plan->blocks);
    plan->sectors = calloc(most_blocks, sizeof *plan->sectors);
    plan->pages = calloc(most_pages, sizeof *plan->pages);
    if (plan->blocks == NULL || plan->sectors == NULL || plan->pages == NULL) {
        plan_free(plan);
        return problem_no_memory(problem, "plan");
    }
    plan_blocks(plan, &wish);
    if (plan->writes_erased) {
        widen(plan, &wish);
    }
    int error = plan_sectors(plan, &wish, problem);
    if (error) {
        plan_free(plan);
        return error;
    }
    plan_first(plan, &wish);
    return 0;
}

void plan_free(struct plan *plan)
{
    free(plan->pages);
    free(plan->blocks);
    free(plan->sectors);
    *plan = (struct plan){0};
}

void plan_read(const struct device *device, const struct image *image, uint32_t address,
               uint32_t size, uint8_t *bytes)
{
    memset(bytes, device->erased, size);
    image_read(image, address, size, bytes);
}
