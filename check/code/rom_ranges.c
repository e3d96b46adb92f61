// rom_ranges.c: collects the system memories of the device table.
// SPDX-License-Identifier: MIT
#include "rom_ranges.h"

#include "devices.h"

#include <stdlib.h>

// The two words by which a ROM starts: all that counts of memory that is a ROM through another bus,
// where numbers of all kinds lie, and of what others take for its table.
enum { TABLE_HEAD = 8 };

static bool meets(const struct region *ram, uint32_t start, uint32_t size)
{
    return start < ram->start + ram->size && ram->start < start + size;
}

// Whether some row has RAM there: then an address tells nothing.
static bool is_ram_of_any(uint32_t start, uint32_t size)
{
    for (size_t i = 0; i < device_count; i++) {
        for (const struct ram *ram = devices[i].rams; ram->region.size; ram++) {
            if (meets(&ram->region, start, size)) {
                return true;
            }
        }
    }
    return false;
}

static int compare(const void *a, const void *b)
{
    const struct rom_range *one = a, *other = b;

    return (one->first > other->first) - (one->first < other->first);
}

static void join(struct rom_ranges *ranges)
{
    size_t kept = 0;

    for (size_t i = 0; i < ranges->count; i++) {
        const struct rom_range *next = &ranges->ranges[i];
        struct rom_range *before = kept ? &ranges->ranges[kept - 1] : NULL;
        if (before && next->first <= before->last && next->also == before->also) {
            before->last = next->last > before->last ? next->last : before->last;
        } else {
            ranges->ranges[kept++] = *next;
        }
    }
    ranges->count = kept;
}

static void mark_megabytes(struct rom_ranges *ranges)
{
    for (size_t i = 0; i < ranges->count; i++) {
        uint32_t last = ranges->ranges[i].last >> 20;
        for (uint32_t megabyte = ranges->ranges[i].first >> 20; megabyte <= last; megabyte++) {
            ranges->megabytes[megabyte / 8] |= (uint8_t)(1u << megabyte % 8);
        }
    }
}

static void add(struct rom_ranges *ranges, uint32_t start, uint32_t size, bool also)
{
    if (start && size && !is_ram_of_any(start, size)) {
        ranges->ranges[ranges->count++] = (struct rom_range){start, start + (size - 1), also};
    }
}

bool rom_ranges_open(struct rom_ranges *ranges)
{
    size_t room = 2 * device_count;

    *ranges = (struct rom_ranges){0};
    for (size_t i = 0; i < device_count; i++) {
        for (const struct region *region = devices[i].system_memory; region->size; region++) {
            room++;
        }
    }
    ranges->ranges = calloc(room, sizeof *ranges->ranges);
    if (!ranges->ranges) {
        return false;
    }
    for (size_t i = 0; i < device_count; i++) {
        add(ranges, devices[i].rom_also_at, TABLE_HEAD, true);
        add(ranges, devices[i].rom_mistaken_vector, TABLE_HEAD, false);
        for (const struct region *region = devices[i].system_memory; region->size; region++) {
            add(ranges, region->start, region->size, false);
        }
    }
    qsort(ranges->ranges, ranges->count, sizeof *ranges->ranges, compare);
    join(ranges);
    mark_megabytes(ranges);
    return true;
}

void rom_ranges_close(struct rom_ranges *ranges)
{
    free(ranges->ranges);
    *ranges = (struct rom_ranges){0};
}

bool rom_ranges_meet(const struct rom_ranges *ranges, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < ranges->count; i++) {
        if (ranges->ranges[i].first <= last && first <= ranges->ranges[i].last) {
            return true;
        }
    }
    return false;
}

bool rom_ranges_tell(const struct rom_ranges *ranges, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < ranges->count; i++) {
        const struct rom_range *range = &ranges->ranges[i];
        bool is_common = range->also && first <= range->first;
        if (range->first <= last && first <= range->last && !is_common) {
            return true;
        }
    }
    return false;
}
