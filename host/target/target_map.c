// target_map.c: from the map of a flash and bytes of a ROM to a row of the table.
// SPDX-License-Identifier: MIT
#include "target_map.h"

#include "rom_quirks.h"
#include "target_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { KB = 1024 };

// One read that shows the version bytes of rows whose places are near to each other.
struct span {
    uint32_t low, high; // the first and the last byte
};

static void find_memory(struct bootloader *bootloader, const char *name, struct memory_map *map)
{
    unsigned number = 0;

    while (bootloader->ops->memory(bootloader, number, map) &&
           strncasecmp(map->name, name, strlen(name)) != 0) {
        number++;
        map->count = 0;
    }
}

// Whether all of [low, high] is in the system memory that holds the row's version byte.
static bool shows(const struct device *device, const struct span *span)
{
    for (const struct region *region = device->system_memory; region->size; region++) {
        if (device->rom_id_address - region->start < region->size) {
            return span->low >= region->start && span->high - region->start < region->size;
        }
    }
    return span->low == device->rom_id_address && span->high == device->rom_id_address;
}

static bool is_in(const struct span *span, const struct device *device)
{
    return device->rom_id_address >= span->low && device->rom_id_address <= span->high;
}

// Whether one read can show this row's byte, too, and still be within the ROM of each row.
static bool widen(struct span *span, const struct target_rows *rows, unsigned next, uint32_t most)
{
    uint32_t place = rows->list[next]->rom_id_address;
    struct span wide = {place < span->low ? place : span->low,
                        place > span->high ? place : span->high};

    if (place == 0 || wide.high - wide.low + 2 > most || !shows(rows->list[next], &wide)) {
        return false;
    }
    for (unsigned i = 0; i < rows->count; i++) {
        if (is_in(span, rows->list[i]) && !shows(rows->list[i], &wide)) {
            return false;
        }
    }
    *span = wide;
    return true;
}

static struct span span_of(const struct target_rows *rows, unsigned first, uint32_t most)
{
    uint32_t place = rows->list[first]->rom_id_address;
    struct span span = {place, place};

    for (unsigned i = 0; i < rows->count; i++) {
        widen(&span, rows, i, most);
    }
    return span;
}

static void add(struct target *target, const struct device *device, uint8_t id)
{
    if (target->row_count < TARGET_MATCHES) {
        target->rows[target->row_count] = device;
        target->row_ids[target->row_count++] = id;
    }
}

// Reads the bytes of one span, and keeps the rows that they belong to. EXIT_REFUSED where the ROM
// does not let it be read.
static int match_span(struct target *target, const struct target_rows *rows,
                      const struct span *span, struct problem *problem)
{
    struct bootloader *bootloader = target->bootloader;
    uint32_t size = span->high - span->low + 1;
    uint8_t *bytes = malloc(size);

    if (bytes == NULL) {
        return problem_no_memory(problem, "identify");
    }
    int error = bootloader->ops->read(bootloader, span->low, size, bytes, problem);
    for (unsigned i = 0; error == 0 && i < rows->count; i++) {
        const struct device *device = rows->list[i];
        uint8_t id = is_in(span, device) ? bytes[device->rom_id_address - span->low] : 0;
        if (is_in(span, device) && rom_versions_have(device->rom_ids, id) &&
            (target_row_fits(device, &target->map) || target_row_tells_wrong(device, id))) {
            add(target, device, id);
        }
    }
    free(bytes);
    return error;
}

// A ROM may refuse a read that begins or ends elsewhere, so each place is read alone, then.
static int match_each(struct target *target, const struct target_rows *rows,
                      const struct span *span, bool *refused, struct problem *problem)
{
    int error = match_span(target, rows, span, problem);

    *refused &= error == EXIT_REFUSED;
    if (error != EXIT_REFUSED || span->low == span->high) {
        return error == EXIT_REFUSED ? 0 : error;
    }
    for (uint32_t place = span->low; place <= span->high; place++) {
        const struct span one = {place, place};
        unsigned i = 0;
        while (i < rows->count && rows->list[i]->rom_id_address != place) {
            i++;
        }
        error = i < rows->count ? match_span(target, rows, &one, problem) : EXIT_REFUSED;
        *refused &= error == EXIT_REFUSED;
        if (error && error != EXIT_REFUSED) {
            return error;
        }
    }
    return 0;
}

static bool is_done(const struct span *spans, unsigned count, const struct device *device)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_in(&spans[i], device)) {
            return true;
        }
    }
    return device->rom_id_address == 0;
}

// Where several reads are needed, the place of the option bytes tells first which rows it can be.
static void narrow(struct target *target, struct target_rows *rows)
{
    struct memory_map options = {.count = 0};
    struct span span = span_of(rows, 0, target->bootloader->block_bytes);

    for (unsigned i = 0; i < rows->count; i++) {
        if (!is_in(&span, rows->list[i])) {
            find_memory(target->bootloader, "Option", &options);
            target_rows_keep_options(rows, &options);
            return;
        }
    }
}

static int match(struct target *target, struct target_rows *rows, bool *refused,
                 struct problem *problem)
{
    struct span spans[TARGET_ROWS];
    unsigned count = 0;
    int error = 0;

    if (rows->count) {
        narrow(target, rows);
    }
    for (unsigned i = 0; error == 0 && i < rows->count; i++) {
        if (!is_done(spans, count, rows->list[i])) {
            spans[count] = span_of(rows, i, target->bootloader->block_bytes);
            error = match_each(target, rows, &spans[count++], refused, problem);
        }
    }
    return error;
}

// Rows without a place for the version byte, where no other row was it; where the ROM lets nothing
// be read, all rows.
static void keep_unseen(struct target *target, const struct target_rows *rows, bool refused)
{
    for (unsigned i = 0; i < rows->count; i++) {
        if (refused || rows->list[i]->rom_id_address == 0) {
            add(target, rows->list[i], 0);
        }
    }
}

static void take(struct target *target, unsigned number)
{
    target->device = target->rows[number];
    target->rom_id = target->row_ids[number];
    flash_layout_of_row(&target->layout, target->device);
    target->map_fits = target_row_fits(target->device, &target->map) &&
                       !target_row_tells_wrong(target->device, target->rom_id);
}

// One is left, or several of one product id, of which the first stands for all.
static void decide(struct target *target)
{
    for (unsigned i = 1; i < target->row_count; i++) {
        if (target->rows[i]->product != target->rows[0]->product) {
            return;
        }
    }
    if (target->row_count) {
        take(target, 0);
    }
}

// Looks through the rows whose chips have such a flash. `strict`: only those whose ROM takes as
// much at once as this one does, and tells of as many memories.
static int search(struct target *target, bool strict, bool *refused, struct problem *problem)
{
    const struct bootloader *bootloader = target->bootloader;
    struct target_rows rows;

    target_rows_find(&rows, &target->map);
    if (strict) {
        target_rows_keep_like(&rows, bootloader->block_bytes, bootloader->memory_count);
    }
    int error = match(target, &rows, refused, problem);
    if (error == 0 && target->row_count == 0 && strict && !*refused) {
        keep_unseen(target, &rows, false);
    }
    return error;
}

// A ROM that tells a wrong map may tell that of another line's chips. There the flash size register
// decides, which both have at the same place.
static int check_map(struct target *target, struct problem *problem)
{
    struct target_rows wrong;
    uint8_t size[2];

    target_rows_find_wrong(&wrong);
    for (unsigned i = 0; target->row_count == 1 && i < wrong.count; i++) {
        const struct device *is = target->rows[0], *other = wrong.list[i];
        uint8_t id = target->row_ids[0];
        if (other == is || other->rom_id_address != is->rom_id_address ||
            !target_row_tells_wrong(other, id) || other->flash_size_register == 0 ||
            other->flash_size_register != is->flash_size_register) {
            continue;
        }
        int error = target->bootloader->ops->read(target->bootloader, is->flash_size_register,
                                                  sizeof size, size, problem);
        if (error) {
            return error == EXIT_REFUSED ? 0 : error;
        }
        unsigned kb = size[0] | (unsigned)size[1] << 8;
        target->rows[0] = kb == memory_map_bytes(&target->map) / KB ? is : other;
    }
    return 0;
}

static int search_all(struct target *target, struct problem *problem)
{
    struct target_rows rows;
    bool refused = true;

    int error = search(target, true, &refused, problem);
    if (error == 0 && target->row_count == 0) {
        error = search(target, false, &refused, problem);
    }
    if (error == 0 && target->row_count == 0) {
        target_rows_find_wrong(&rows);
        error = match(target, &rows, &refused, problem);
    } else if (error == 0) {
        error = check_map(target, problem);
    }
    if (error || target->row_count) {
        return error;
    }
    target_rows_find(&rows, &target->map);
    target_rows_keep_like(&rows, target->bootloader->block_bytes, target->bootloader->memory_count);
    keep_unseen(target, &rows, refused);
    target->hides_rom = refused;
    return 0;
}

// Whether it is the one that somebody says it is.
static int look_at(struct target *target, const struct device *wanted, struct problem *problem)
{
    const struct target_rows rows = {{wanted}, 1};
    const struct span span = {wanted->rom_id_address, wanted->rom_id_address};
    bool fits = target_row_fits(wanted, &target->map);

    if (wanted->rom_id_address == 0) {
        keep_unseen(target, &rows, false);
        target->row_count = fits;
        return 0;
    }
    int error = match_span(target, &rows, &span, problem);
    return error == EXIT_REFUSED ? 0 : error;
}

int target_map_identify(struct target *target, const struct device *wanted, struct problem *problem)
{
    int error = 0;

    find_memory(target->bootloader, "Internal Flash", &target->map);
    if (wanted) {
        error = look_at(target, wanted, problem);
    }
    if (error == 0 && target->row_count == 0) {
        error = search_all(target, problem);
    }
    if (error == 0) {
        decide(target);
    }
    return error;
}

static int not_wanted(const struct target *target, const struct device *wanted,
                      struct problem *problem)
{
    char is[MEMORY_TEXT_BYTES], should[MEMORY_TEXT_BYTES];
    struct memory_map map;

    target_row_map(wanted, &map);
    memory_map_text(&map, should);
    memory_map_text(&target->map, is);
    return problem_set(problem, EXIT_USAGE, "another port, or another --device",
                       "chip at %s: it is %s (flash of %s), not %s (up to %s)",
                       target->bootloader->port,
                       target->device ? target->device->name : "another one",
                       target->map.count ? is : "unknown pages", wanted->name, should);
}

int target_map_take(struct target *target, const struct device *wanted, struct problem *problem)
{
    for (unsigned i = 0; i < target->row_count; i++) {
        if (target->rows[i] == wanted) {
            take(target, i);
            return 0;
        }
    }
    // A version that the table does not know yet.
    if (target->row_count == 0 && target_row_fits(wanted, &target->map)) {
        add(target, wanted, 0);
        take(target, 0);
        return 0;
    }
    return not_wanted(target, wanted, problem);
}

int target_map_unknown(const struct target *target, struct problem *problem)
{
    char names[200] = "", text[MEMORY_TEXT_BYTES];

    for (unsigned i = 0; i < target->row_count; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "",
                 target->rows[i]->slug);
    }
    if (target->row_count) {
        return problem_set(
            problem, EXIT_SEVERAL_DEVICES, "--device with the right one of them",
            "chip at %s: several rows of the table fit what its ROM tells%s: %s",
            target->bootloader->port,
            target->hides_rom ? ", which lets nothing be read, as under readout protection" : "",
            names);
    }
    memory_map_text(&target->map, text);
    return problem_set(problem, EXIT_USAGE,
                       "--device with its name, or a newer bootleap that knows its ROM",
                       "chip at %s: no row of the table fits its ROM and its flash (%s)",
                       target->bootloader->port, target->map.count ? text : "unknown pages");
}
