// function_starts.c: finds where functions begin.
// SPDX-License-Identifier: MIT
//
// Symbols tell, where the file has them. Vectors and targets of BL are the functions of a stripped
// file; one inside a function whose size a symbol tells is data that looks like a BL.
#include "function_starts.h"

#include <stdlib.h>

// A function of the symbol table; `end` is its start where its size is not told.
struct extent {
    uint32_t start, end;
};

static int compare_extents(const void *a, const void *b)
{
    const struct extent *one = a, *other = b;

    if (one->start != other->start) {
        return one->start < other->start ? -1 : 1;
    }
    return (one->end > other->end) - (one->end < other->end);
}

static int compare_starts(const void *a, const void *b)
{
    const uint32_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

// The functions of the symbol table, sorted; their number goes to *count. NULL: no memory.
static struct extent *extents_of(const struct function_sources *sources, size_t *count)
{
    const struct image *image = sources->image;
    struct extent *extents = calloc(image->symbol_count + 1, sizeof *extents);

    *count = 0;
    for (size_t i = 0; extents && i < image->symbol_count; i++) {
        const struct symbol *symbol = &image->symbols[i];
        if (symbol->kind == SYMBOL_FUNCTION && code_map_is_code(sources->map, symbol->address)) {
            extents[(*count)++] = (struct extent){symbol->address, symbol->address + symbol->size};
        }
    }
    if (extents) {
        qsort(extents, *count, sizeof *extents, compare_extents);
    }
    return extents;
}

struct list {
    uint32_t *starts;
    size_t count;
};

static void add(struct list *list, uint32_t start)
{
    list->starts[list->count++] = start;
}

// Targets of BL come sorted: one walk through both lists tells which lie inside a function.
static void add_targets(struct list *list, const struct code_scan *scan,
                        const struct extent *extents, size_t count)
{
    size_t next = 0;
    uint32_t end = 0, last = 0; // of the functions that begin before the target

    for (size_t i = 0; i < scan->call_count; i++) {
        uint32_t target = scan->calls[i].target;
        for (; next < count && extents[next].start <= target; next++) {
            end = extents[next].end > end ? extents[next].end : end;
        }
        if (scan->calls[i].links && target >= end && target != last) {
            add(list, target);
            last = target;
        }
    }
}

static void add_handlers(struct list *list, const struct function_sources *sources)
{
    const struct vector_table *vectors = sources->vectors;
    uint32_t handler;

    for (unsigned i = 1; i < vectors->count; i++) {
        if (vector_table_handler(sources->map, vectors->address, i, &handler)) {
            add(list, handler);
        }
    }
}

static void sort(struct list *list)
{
    size_t kept = 0;

    qsort(list->starts, list->count, sizeof *list->starts, compare_starts);
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->starts[kept - 1] != list->starts[i]) {
            list->starts[kept++] = list->starts[i];
        }
    }
    list->count = kept;
}

uint32_t *function_starts_find(const struct function_sources *sources, size_t *count)
{
    size_t extent_count;
    struct extent *extents = extents_of(sources, &extent_count);
    size_t room = extent_count + sources->scan->call_count + sources->vectors->count + 1;
    struct list list = {.starts = calloc(room, sizeof *list.starts)};

    if (!extents || !list.starts) {
        free(extents);
        free(list.starts);
        return NULL;
    }
    for (size_t i = 0; i < extent_count; i++) {
        add(&list, extents[i].start);
    }
    add_targets(&list, sources->scan, extents, extent_count);
    add_handlers(&list, sources);
    sort(&list);
    free(extents);
    *count = list.count;
    return list.starts;
}
