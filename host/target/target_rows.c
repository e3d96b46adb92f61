// target_rows.c: compares the rows of the table with what a bootloader tells of its memories.
// SPDX-License-Identifier: MIT
#include "target_rows.h"

#include "flash_state.h"
#include "rom_quirks.h"

enum { KB = 1024 };

static bool has_usb(const struct device *device)
{
    for (const struct rom_interface *one = device->interfaces; one->name; one++) {
        if (one->kind == INTERFACE_USB) {
            return true;
        }
    }
    return false;
}

// Whether the map has pages of this size in all of [start, end), the first of which begins there.
static bool has_pages(const struct memory_map *map, uint32_t start, uint32_t end, uint32_t size)
{
    unsigned i = 0;

    while (start < end && i < map->count) {
        const struct memory_run *run = &map->runs[i];
        uint32_t offset = start - run->start, bytes = run->count * run->size;
        if (start < run->start || offset >= bytes) {
            i++;
            continue;
        }
        if (run->size != size || offset % size) {
            return false;
        }
        start = bytes - offset < end - start ? start - offset + bytes : end;
        i = 0;
    }
    return start >= end;
}

// Pages beyond `size` bytes of flash do not exist. Those whose numbers nobody knows are not in the
// list: then fewer are compared.
static bool pages_equal(const struct device *device, const struct page_run *pages, uint32_t size,
                        const struct memory_map *map)
{
    uint32_t start = device->flash.start;

    for (const struct page_run *run = pages; run->count && run->start - start < size; run++) {
        uint32_t bytes = run->count * run->size, left = size - (run->start - start);
        uint32_t end = run->start + (bytes < left ? bytes : left);
        if (!has_pages(map, run->start, end, run->size)) {
            return false;
        }
    }
    return true;
}

bool target_row_fits(const struct device *device, const struct memory_map *flash)
{
    uint32_t bytes = memory_map_bytes(flash);
    unsigned kb = bytes / KB;

    if (!has_usb(device) || flash->count == 0 || flash->runs[0].start != device->flash.start ||
        bytes % KB || !flash_state_kb_is_plausible(device, kb)) {
        return false;
    }
    for (const struct chip_layout *layout = device->layouts; layout->kb; layout++) {
        if (layout->kb == kb && pages_equal(device, layout->pages, layout->size, flash)) {
            return true;
        }
    }
    return device->layouts->kb == 0 && pages_equal(device, device->pages, bytes, flash);
}

void target_rows_find(struct target_rows *rows, const struct memory_map *flash)
{
    rows->count = 0;
    for (size_t i = 0; i < device_count && rows->count < TARGET_ROWS; i++) {
        if (target_row_fits(&devices[i], flash)) {
            rows->list[rows->count++] = &devices[i];
        }
    }
}

void target_rows_find_wrong(struct target_rows *rows)
{
    rows->count = 0;
    for (size_t i = 0; i < device_count && rows->count < TARGET_ROWS; i++) {
        if (has_usb(&devices[i]) && rom_quirk(&devices[i], 0, QUIRK_DFU_WRONG_SECTORS)) {
            rows->list[rows->count++] = &devices[i];
        }
    }
}

bool target_row_tells_wrong(const struct device *device, uint8_t id)
{
    return id != 0 && rom_quirk(device, id, QUIRK_DFU_WRONG_SECTORS) != NULL;
}

static bool has_options_there(const struct device *device, const struct memory_map *options)
{
    for (const struct read_area *area = device->readable; area->size; area++) {
        for (unsigned i = 0; i < options->count; i++) {
            const struct memory_run *run = &options->runs[i];
            uint32_t bytes = run->count * run->size;
            if (area->start - run->start < bytes || run->start - area->start < area->size) {
                return true;
            }
        }
    }
    return device->readable->size == 0;
}

void target_rows_keep_options(struct target_rows *rows, const struct memory_map *options)
{
    struct target_rows kept = {.count = 0};

    for (unsigned i = 0; options->count && i < rows->count; i++) {
        if (has_options_there(rows->list[i], options)) {
            kept.list[kept.count++] = rows->list[i];
        }
    }
    if (kept.count) {
        *rows = kept;
    }
}

// The flash, and the others.
static unsigned count_memories(const struct device *device)
{
    unsigned count = 1;

    for (const char *const *one = device->dfu.memories; *one; one++) {
        count++;
    }
    return count;
}

void target_rows_keep_like(struct target_rows *rows, uint32_t transfer_bytes, unsigned memories)
{
    struct target_rows kept = {.count = 0};

    for (unsigned i = 0; i < rows->count; i++) {
        const struct device *device = rows->list[i];
        if (device->dfu.transfer_size == transfer_bytes && count_memories(device) == memories) {
            kept.list[kept.count++] = rows->list[i];
        }
    }
    *rows = kept;
}

void target_row_map(const struct device *device, struct memory_map *map)
{
    map->count = 0;
    for (const struct page_run *run = device->pages; run->count && map->count < MEMORY_RUNS;
         run++) {
        map->runs[map->count++] =
            (struct memory_run){.start = run->start, .count = run->count, .size = run->size};
    }
}
