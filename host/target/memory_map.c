// memory_map.c: sums a memory map up.
// SPDX-License-Identifier: MIT
#include "memory_map.h"

#include <stdio.h>
#include <string.h>

enum { KB = 1024 };

uint32_t memory_map_bytes(const struct memory_map *map)
{
    uint32_t bytes = 0;

    for (unsigned i = 0; i < map->count; i++) {
        bytes += map->runs[i].count * map->runs[i].size;
    }
    return bytes;
}

const char *memory_map_text(const struct memory_map *map, char text[MEMORY_TEXT_BYTES])
{
    text[0] = '\0';
    for (unsigned i = 0; i < map->count; i++) {
        const struct memory_run *run = &map->runs[i];
        size_t used = strlen(text);
        snprintf(text + used, MEMORY_TEXT_BYTES - used, "%s%u x %u %s", i ? ", " : "",
                 (unsigned)run->count, (unsigned)(run->size % KB ? run->size : run->size / KB),
                 run->size % KB ? "bytes" : "KB");
    }
    return text;
}
