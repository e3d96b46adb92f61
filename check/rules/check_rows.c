// check_rows.c: chooses the rows of the device table for which a program can be meant.
// SPDX-License-Identifier: MIT
#include "check_rows.h"

#include "image.h"
#include "image_bytes.h"
#include "named_clocks.h"
#include "rom_table.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_LINE = 16, HALF = 0xFFFF };

#define OTHER_MEMORY UINT32_C(0x60000000) // outside the chip
#define SYSTEM_START UINT32_C(0x1FF00000) // OTP, option bytes and ROMs
#define SYSTEM_END   UINT32_C(0x20000000)

static bool is_in(uint32_t start, uint32_t size, uint32_t address, uint32_t bytes)
{
    return start && address - start < size && bytes <= size - (address - start);
}

static bool is_in_ram(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (address - ram->region.start < ram->region.size ||
            (ram->also_at && address - ram->also_at < ram->region.size)) {
            return true;
        }
    }
    return false;
}

// Whether what is loaded is loaded into memory that the row has.
static bool holds_code(const struct device *device, const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->map.count; i++) {
        const struct code_region *region = &firmware->map.regions[i];
        uint32_t at = region->load_address;
        bool elsewhere = at >= OTHER_MEMORY || (at >= SYSTEM_START && at < SYSTEM_END);
        if (!elsewhere && !is_in_ram(device, at) &&
            !is_in(device->flash.start, device->flash.size, at, region->size) &&
            !is_in(device->flash_also_at, device->flash.size, at, region->size)) {
            return false;
        }
    }
    return true;
}

static bool holds_stack(const struct device *device, const struct firmware *firmware)
{
    return !firmware->has_vectors || is_in_ram(device, firmware->initial_sp - 1);
}

static bool can_run(const struct device *device, const struct firmware *firmware)
{
    struct problem problem;

    return device->rom_vector && image_check_core(&firmware->image, device, &problem) == 0 &&
           holds_code(device, firmware) && holds_stack(device, firmware);
}

// The architecture that the file names is the core's own, and not one that it also runs.
static bool is_own_architecture(const struct device *device, const struct firmware *firmware)
{
    enum { V6_M = 11, V6S_M = 12, V7_M = 10, V7E_M = 13, V8_M_BASE = 16, V8_M = 17, V8_1_M = 21 };
    unsigned built = firmware->image.architecture;

    switch (device->core) {
    case CORE_M0:
    case CORE_M0PLUS:
        return built == V6_M || built == V6S_M;
    case CORE_M3:
        return built == V7_M;
    case CORE_M4:
    case CORE_M7:
        return built == V7E_M;
    case CORE_M33:
        return built == V8_M || built == V8_M_BASE;
    case CORE_M55:
        return built == V8_1_M;
    }
    return false;
}

// Of MOVT the upper half is all that is known.
static bool is_half(const struct firmware *firmware, const struct code_site *site)
{
    const uint8_t *bytes = code_map_bytes(&firmware->map, site->address, 4);

    return (site->number & HALF) == 0 && (!bytes || word_at(bytes) != site->number);
}

// A literal that is the address of the ROM's vector table, or of its second word.
static bool names_table(const struct device *device, const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        const struct code_site *site = &firmware->scan.sites[i];
        if (site->kind == SITE_ROM_NUMBER && !is_half(firmware, site) &&
            (rom_table_has(device, site->number, 0) || rom_table_has(device, site->number, 1))) {
            return true;
        }
    }
    return false;
}

// Any number in its system memory, or in what others take for the start of it.
static bool names_memory(const struct device *device, const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->scan.site_count; i++) {
        const struct code_site *site = &firmware->scan.sites[i];
        if (site->kind == SITE_ROM_NUMBER &&
            (is_half(firmware, site) ? (device->rom_vector & ~(uint32_t)HALF) == site->number
                                     : rom_table_in_system_memory(device, site->number) ||
                                           rom_table_is_mistaken(device, site->number, 0) ||
                                           rom_table_is_mistaken(device, site->number, 1))) {
            return true;
        }
    }
    return false;
}

// Words behind the last handler are 0 in tables that are filled up.
static bool has_all_lines(const struct device *device, const struct firmware *firmware)
{
    unsigned count = firmware->vector_count;
    uint32_t handler;

    while (count && !firmware_handler(firmware, count - 1, &handler)) {
        count--;
    }
    return count <= FIRST_LINE + device->interrupts;
}

// Keeps the rows of which it is so, unless it is so of none.
static size_t prefer(const struct device **rows, size_t count, const struct firmware *firmware,
                     bool (*is_so)(const struct device *, const struct firmware *))
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        kept += is_so(rows[i], firmware);
    }
    if (kept == 0) {
        return count;
    }
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_so(rows[i], firmware)) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

// Keeps the rows whose RCC the program names, unless it is so of none.
static size_t prefer_named_clocks(const struct device **rows, size_t count,
                                  const struct firmware *firmware)
{
    struct named_clocks clocks;
    size_t kept = 0;

    named_clocks_find(&clocks, firmware);
    for (size_t i = 0; i < count; i++) {
        kept += named_clocks_fit(&clocks, rows[i]);
    }
    if (kept == 0) {
        return count;
    }
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (named_clocks_fit(&clocks, rows[i])) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static size_t find_all(const struct firmware *firmware, const struct device **rows)
{
    size_t count = 0;

    for (size_t i = 0; i < device_count; i++) {
        if (can_run(&devices[i], firmware)) {
            rows[count++] = &devices[i];
        }
    }
    count = prefer_named_clocks(rows, count, firmware);
    count = prefer(rows, count, firmware, is_own_architecture);
    count = prefer(rows, count, firmware, names_memory);
    count = prefer(rows, count, firmware, names_table);
    return prefer(rows, count, firmware, has_all_lines);
}

int check_rows(const struct firmware *firmware, const struct device *named,
               const struct device ***rows, size_t *count, struct problem *problem)
{
    int error = named ? image_check_core(&firmware->image, named, problem) : 0;

    if (error) {
        return error;
    }
    *rows = calloc(named ? 1 : device_count, sizeof(struct device *));
    if (!*rows) {
        return problem_no_memory(problem, "%s", firmware->path);
    }
    if (named) {
        (*rows)[0] = named;
        *count = 1;
        return 0;
    }
    *count = find_all(firmware, *rows);
    if (*count == 0) {
        free(*rows);
        *rows = NULL;
        return problem_set(problem, EXIT_USAGE, "--device with the chip that it is for",
                           "%s fits no STM32 of the table: of none the core runs it, and flash "
                           "and RAM are where it wants them",
                           firmware->path);
    }
    return 0;
}
