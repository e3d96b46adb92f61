// data_cache.c: keeps what RAM holds behind each dirty line.
// SPDX-License-Identifier: MIT
#include "data_cache.h"

#include <stdlib.h>
#include <string.h>

#define END_OF_TCM_BASES 0x20000000u

enum { LINE = DATA_CACHE_LINE, SET_SHIFT = 5, WAY_SHIFT = 30 };

static bool is_cached(const struct memory_region *region)
{
    return region->kind == MEMORY_RAM && region->region.start > END_OF_TCM_BASES;
}

bool data_cache_open(struct data_cache *cache, const struct memory *memory)
{
    bool room = true;

    *cache = (struct data_cache){0};
    for (size_t i = 0; room && i < memory->count; i++) {
        const struct memory_region *region = &memory->regions[i];
        struct cached_ram *ram = &cache->rams[cache->ram_count];
        size_t lines = region->region.size / LINE;

        if (is_cached(region)) {
            *ram = (struct cached_ram){.start = region->region.start,
                                       .size = region->region.size,
                                       .bytes = region->bytes,
                                       .others = malloc(region->region.size),
                                       .ways = calloc(lines, 1),
                                       .dirty = malloc(lines * sizeof *ram->dirty)};
            room = ram->others && ram->ways && ram->dirty;
            cache->ram_count++;
        }
    }
    return room;
}

void data_cache_close(struct data_cache *cache)
{
    for (size_t i = 0; i < cache->ram_count; i++) {
        free(cache->rams[i].others);
        free(cache->rams[i].ways);
        free(cache->rams[i].dirty);
    }
    *cache = (struct data_cache){0};
}

static struct cached_ram *ram_at(struct data_cache *cache, uint32_t address)
{
    for (size_t i = 0; i < cache->ram_count; i++) {
        if (address - cache->rams[i].start < cache->rams[i].size) {
            return &cache->rams[i];
        }
    }
    return NULL;
}

static void swap_line(struct cached_ram *ram, uint32_t line)
{
    uint8_t seen[LINE];

    memcpy(seen, ram->bytes + line * LINE, LINE);
    memcpy(ram->bytes + line * LINE, ram->others + line * LINE, LINE);
    memcpy(ram->others + line * LINE, seen, LINE);
}

void data_cache_switch(struct data_cache *cache, bool on)
{
    for (size_t i = 0; on != cache->on && i < cache->ram_count; i++) {
        for (uint32_t j = 0; j < cache->rams[i].count; j++) {
            swap_line(&cache->rams[i], cache->rams[i].dirty[j]);
        }
    }
    cache->on = on;
}

void data_cache_reset(struct data_cache *cache)
{
    data_cache_switch(cache, false);
    for (size_t i = 0; cache->anything && i < cache->ram_count; i++) {
        struct cached_ram *ram = &cache->rams[i];
        for (uint32_t j = 0; j < ram->count; j++) {
            ram->ways[ram->dirty[j]] = 0;
        }
        ram->count = 0;
    }
    cache->anything = false;
}

static void make_dirty(struct data_cache *cache, struct cached_ram *ram, uint32_t line)
{
    uint8_t *next = &cache->next_way[(ram->start / LINE + line) % DATA_CACHE_SETS];

    if (!ram->ways[line]) {
        memcpy(ram->others + line * LINE, ram->bytes + line * LINE, LINE);
        ram->ways[line] = (uint8_t)(1 + *next);
        *next = (uint8_t)((*next + 1) % DATA_CACHE_WAYS);
        ram->dirty[ram->count++] = line;
        cache->anything = true;
    }
}

bool data_cache_store(struct data_cache *cache, uint32_t address, unsigned size)
{
    struct cached_ram *ram = cache->on ? ram_at(cache, address) : NULL;

    if (!ram) {
        return false;
    }
    uint32_t first = (address - ram->start) / LINE, last = (address + size - 1 - ram->start) / LINE;
    for (uint32_t line = first; line <= last && line < ram->size / LINE; line++) {
        make_dirty(cache, ram, line);
    }
    return true;
}

// Ends a dirty line: RAM gets the cache's content, or keeps its own.
static void end_line(struct data_cache *cache, struct cached_ram *ram, uint32_t index, bool keep)
{
    uint32_t line = ram->dirty[index];

    if (keep != cache->on) { // the core sees the side that is to go
        memcpy(ram->bytes + line * LINE, ram->others + line * LINE, LINE);
    }
    ram->written_back |= keep;
    ram->ways[line] = 0;
    ram->dirty[index] = ram->dirty[--ram->count];
}

static void end_address(struct data_cache *cache, uint32_t address, bool keep)
{
    struct cached_ram *ram = ram_at(cache, address);

    for (uint32_t i = 0; ram && i < ram->count; i++) {
        if (ram->dirty[i] == (address - ram->start) / LINE) {
            end_line(cache, ram, i, keep);
            return;
        }
    }
}

static void end_set_and_way(struct data_cache *cache, uint32_t value, bool keep)
{
    uint32_t set = value >> SET_SHIFT & (DATA_CACHE_SETS - 1), way = value >> WAY_SHIFT;

    for (size_t i = 0; i < cache->ram_count; i++) {
        struct cached_ram *ram = &cache->rams[i];
        for (uint32_t j = ram->count; j-- > 0;) {
            uint32_t line = ram->dirty[j];
            if ((ram->start / LINE + line) % DATA_CACHE_SETS == set && ram->ways[line] == 1 + way) {
                end_line(cache, ram, j, keep);
            }
        }
    }
}

void data_cache_maintain(struct data_cache *cache, uint32_t offset, uint32_t value)
{
    bool by_address = offset == DATA_CACHE_DCIMVAC || offset == DATA_CACHE_DCCMVAU ||
                      offset == DATA_CACHE_DCCMVAC || offset == DATA_CACHE_DCCIMVAC;
    bool by_set =
        offset == DATA_CACHE_DCISW || offset == DATA_CACHE_DCCSW || offset == DATA_CACHE_DCCISW;
    bool keep = offset != DATA_CACHE_DCIMVAC && offset != DATA_CACHE_DCISW;

    if (by_address) {
        end_address(cache, value, keep);
    } else if (by_set) {
        end_set_and_way(cache, value, keep);
    }
}

unsigned data_cache_dirty(const struct data_cache *cache)
{
    unsigned dirty = 0;

    for (size_t i = 0; i < cache->ram_count; i++) {
        dirty += cache->rams[i].count;
    }
    return dirty;
}

bool data_cache_dirty_in(const struct data_cache *cache, uint32_t start, uint32_t size)
{
    for (size_t i = 0; i < cache->ram_count; i++) {
        const struct cached_ram *ram = &cache->rams[i];
        for (uint32_t line = 0; line < ram->count; line++) {
            uint32_t first = ram->start + ram->dirty[line] * LINE;
            if (first < start + size && first + LINE > start) {
                return true;
            }
        }
    }
    return false;
}

uint8_t *data_cache_behind(struct data_cache *cache, uint32_t address)
{
    struct cached_ram *ram = cache->anything && cache->on ? ram_at(cache, address) : NULL;
    uint32_t offset = ram ? address - ram->start : 0;

    return ram && ram->ways[offset / LINE] ? ram->others + offset : NULL;
}
