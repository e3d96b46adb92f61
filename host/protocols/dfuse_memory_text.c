// dfuse_memory_text.c: reads the strings of a DFU device, as they are and not as they should be.
// SPDX-License-Identifier: MIT
#include "dfuse_memory_text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { KB = 1024, MB = 1024 * 1024, ACCESS_BITS = 7 };

static void skip_spaces(const char **at)
{
    *at += strspn(*at, " ");
}

// Takes the spaces behind it, too. False where there is no number, or it has more than 32 bits.
static bool number(const char **at, int base, uint32_t *value)
{
    char *end;

    skip_spaces(at);
    if (base == 16 ? !isxdigit((unsigned char)**at) : !isdigit((unsigned char)**at)) {
        return false;
    }
    errno = 0;
    unsigned long long read = strtoull(*at, &end, base);
    *at = end;
    skip_spaces(at);
    *value = (uint32_t)read;
    return errno == 0 && read <= UINT32_MAX;
}

// Up to the first slash, without the spaces in front of that.
static void read_name(const char **at, struct memory_map *map)
{
    size_t length = strcspn(*at, "/"), kept = length;

    while (kept && (*at)[kept - 1] == ' ') {
        kept--;
    }
    kept = kept < sizeof map->name ? kept : sizeof map->name - 1;
    memcpy(map->name, *at, kept);
    map->name[kept] = '\0';
    *at += length;
}

static bool is_access(char letter)
{
    return letter >= 'a' && letter <= 'g';
}

// Unit and letter: either may be missing. A missing letter means that the memory can be read, and
// no more than that.
static void read_unit(const char **at, struct memory_run *run, uint32_t *scale)
{
    skip_spaces(at);
    *scale = **at == 'K' ? KB : **at == 'M' ? MB : 1;
    *at += **at == 'K' || **at == 'M' || **at == 'B';
    skip_spaces(at);
    run->access = MEMORY_READ;
    if (is_access(**at)) {
        run->access = (unsigned)**at & ACCESS_BITS;
        (*at)++;
    }
}

// "04*016Kg". False where it is not understood, or ends behind the last address.
static bool read_run(const char **at, struct memory_run *run)
{
    uint32_t scale;

    if (!number(at, 10, &run->count) || **at != '*') {
        return false;
    }
    (*at)++;
    if (!number(at, 10, &run->size)) {
        return false;
    }
    read_unit(at, run, &scale);
    uint64_t size = (uint64_t)run->size * scale;
    if (size == 0 || run->count == 0 || size > UINT32_MAX ||
        size * run->count > UINT32_MAX - run->start) {
        return false;
    }
    run->size = (uint32_t)size;
    return true;
}

// The runs behind one address. False where one of them is not understood.
static bool read_runs(const char **at, struct memory_map *map, uint32_t start)
{
    do {
        struct memory_run run = {.start = start};
        if (map->count == MEMORY_RUNS || !read_run(at, &run)) {
            return false;
        }
        map->runs[map->count++] = run;
        start += run.count * run.size;
        skip_spaces(at);
    } while (*(*at)++ == ',');
    (*at)--;
    return true;
}

bool dfuse_memory_text(const char *text, struct memory_map *map)
{
    const char *at = text + (*text == '@');
    uint32_t start;

    *map = (struct memory_map){.count = 0};
    read_name(&at, map);
    while (*at == '/') {
        at++;
        skip_spaces(&at);
        at += at[0] == '0' && (at[1] == 'x' || at[1] == 'X') ? 2 : 0;
        if (!number(&at, 16, &start) || *at != '/') {
            break;
        }
        at++;
        if (!read_runs(&at, map, start)) {
            break;
        }
    }
    return map->count > 0;
}
