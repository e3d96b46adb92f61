// code_scan.c: looks at each halfword of a program once.
// SPDX-License-Identifier: MIT
//
// Nearly all halfwords are below 0xE800, and two comparisons are done with them.
#include "code_scan.h"

#include "image_bytes.h"
#include "instruction.h"

#include <stdlib.h>

struct scanner {
    struct code_scan *scan;
    const struct code_map *map;
    size_t site_room, call_room;
    bool failed; // no memory
};

static bool grow(void **items, size_t each, size_t count, size_t *room)
{
    if (count < *room) {
        return true;
    }
    size_t wanted = *room ? *room * 2 : 256;
    void *grown = realloc(*items, wanted * each);
    if (!grown) {
        return false;
    }
    *items = grown;
    *room = wanted;
    return true;
}

static void add_site(struct scanner *scanner, uint32_t address, enum code_site_kind kind,
                     uint32_t number)
{
    struct code_scan *scan = scanner->scan;
    void *sites = scan->sites;

    if (!grow(&sites, sizeof *scan->sites, scan->site_count, &scanner->site_room)) {
        scanner->failed = true;
        return;
    }
    scan->sites = sites;
    scan->sites[scan->site_count++] = (struct code_site){address, kind, number};
}

static void add_call(struct scanner *scanner, uint32_t address, unsigned first, unsigned second)
{
    struct code_scan *scan = scanner->scan;
    void *calls = scan->calls;
    uint32_t sign = first >> 10 & 1;
    uint32_t i1 = ~((second >> 13) ^ sign) & 1, i2 = ~((second >> 11) ^ sign) & 1;
    uint32_t offset =
        (0u - sign) << 24 | i1 << 23 | i2 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1;
    uint32_t target = address + 4 + offset;

    if (!code_map_is_code(scanner->map, target)) {
        return;
    }
    if (!grow(&calls, sizeof *scan->calls, scan->call_count, &scanner->call_room)) {
        scanner->failed = true;
        return;
    }
    scan->calls = calls;
    scan->calls[scan->call_count++] = (struct code_call){address, target, second & 0x4000};
}

// MSR; those to the flags and to stack limits make no entry.
static void look_at_msr(struct scanner *scanner, uint32_t address, unsigned special)
{
    switch (special & 0x7F) { // bit 7: of the other security state
    case SPECIAL_MSP:
        add_site(scanner, address, SITE_MSR_MSP, 0);
        break;
    case SPECIAL_PSP:
        add_site(scanner, address, SITE_MSR_PSP, 0);
        break;
    case SPECIAL_CONTROL:
        add_site(scanner, address, SITE_MSR_CONTROL, 0);
        break;
    case SPECIAL_PRIMASK:
    case SPECIAL_BASEPRI:
    case SPECIAL_BASEPRI_MAX:
    case SPECIAL_FAULTMASK:
        add_site(scanner, address, SITE_MSR_MASK, special & 0x7F);
        break;
    default:
        break;
    }
}

static void look_at_movt(struct scanner *scanner, uint32_t address, unsigned first, unsigned second)
{
    uint32_t upper =
        (first & 0xFu) << 12 | (first & 0x400) << 1 | (second & 0x7000) >> 4 | (second & 0xFF);

    if (upper == 0x05FA) {
        add_site(scanner, address, SITE_RESET, upper << 16);
    } else if (rom_ranges_near(&scanner->scan->rom, upper << 16) &&
               rom_ranges_tell(&scanner->scan->rom, upper << 16, upper << 16 | 0xFFFF)) {
        add_site(scanner, address, SITE_ROM_NUMBER, upper << 16);
    }
}

// Whether a 32-bit instruction writes SP from a register or from memory: MOV.W, LDR.
static bool sets_sp(unsigned first, unsigned second)
{
    if (first == 0xEA4F) {
        return (second & 0xFF00) == 0x0D00;
    }
    return ((first & 0xFFF0) == 0xF8D0 || (first & 0xFFF0) == 0xF850) &&
           (second & 0xF000) == 0xD000;
}

static void look_at_wide(struct scanner *scanner, uint32_t address, unsigned first, unsigned second)
{
    if ((first & 0xF800) == 0xF000 && (second & 0x9000) == 0x9000) {
        add_call(scanner, address, first, second);
    } else if ((first & 0xFFF0) == 0xF380 && (second & 0xF300) == 0x8000) {
        look_at_msr(scanner, address, second & 0xFF);
    } else if ((first & 0xFBF0) == 0xF2C0 && !(second & 0x8000)) {
        look_at_movt(scanner, address, first, second);
    } else if (sets_sp(first, second)) {
        add_site(scanner, address, SITE_SET_SP, 0);
    }
}

// A function that ends by MOV SP, R7 and POP has its own stack back.
static bool is_epilogue(unsigned first, unsigned second)
{
    return first == 0x46BD && ((second & 0xFE00) == 0xBC00 || second == 0xE8BD);
}

static void look_at_half(struct scanner *scanner, uint32_t address, unsigned first, unsigned second)
{
    if (first >= 0xE800) {
        look_at_wide(scanner, address, first, second);
    } else if ((first & 0xFF87) == 0x4685 && !is_epilogue(first, second)) {
        add_site(scanner, address, SITE_SET_SP, 0);
    } else if ((first & 0xFFE8) == 0xB660) {
        add_site(scanner, address, SITE_CPS, first & 3);
    }
}

static void look_at_word(struct scanner *scanner, uint32_t address, uint32_t word)
{
    if (rom_ranges_near(&scanner->scan->rom, word) &&
        rom_ranges_tell(&scanner->scan->rom, word, word)) {
        add_site(scanner, address, SITE_ROM_NUMBER, word);
    } else if (word >> 16 == 0x05FA) {
        add_site(scanner, address, SITE_RESET, word);
    }
}

static void scan_words(struct scanner *scanner, const struct code_region *region)
{
    for (uint32_t at = (0u - region->address) & 3; at + 4 <= region->size; at += 4) {
        look_at_word(scanner, region->address + at, word_at(region->bytes + at));
    }
}

static void scan_code(struct scanner *scanner, const struct code_region *region)
{
    const uint8_t *bytes = region->bytes;
    uint32_t at = region->address & 1;
    unsigned first = at + 2 <= region->size ? half_at(bytes + at) : 0;

    for (; at + 2 <= region->size; at += 2) {
        unsigned second = at + 4 <= region->size ? half_at(bytes + at + 2) : 0;
        uint32_t address = region->address + at;
        if (address % 4 == 0 && at + 4 <= region->size) {
            look_at_word(scanner, address, (uint32_t)second << 16 | first);
        }
        look_at_half(scanner, address, first, second);
        first = second;
    }
}

static int compare_sites(const void *a, const void *b)
{
    const struct code_site *one = a, *other = b;

    if (one->address != other->address) {
        return one->address < other->address ? -1 : 1;
    }
    return (one->kind > other->kind) - (one->kind < other->kind);
}

static int compare_calls(const void *a, const void *b)
{
    const struct code_call *one = a, *other = b;

    if (one->target != other->target) {
        return one->target < other->target ? -1 : 1;
    }
    return (one->address > other->address) - (one->address < other->address);
}

static void sort(struct code_scan *scan)
{
    if (scan->site_count) {
        qsort(scan->sites, scan->site_count, sizeof *scan->sites, compare_sites);
    }
    if (scan->call_count) {
        qsort(scan->calls, scan->call_count, sizeof *scan->calls, compare_calls);
    }
}

int code_scan_run(struct code_scan *scan, const struct code_map *map, struct problem *problem)
{
    struct scanner scanner = {.scan = scan, .map = map};

    *scan = (struct code_scan){0};
    scanner.failed = !rom_ranges_open(&scan->rom);
    for (size_t i = 0; i < map->count && !scanner.failed; i++) {
        if (map->regions[i].executable) {
            scan_code(&scanner, &map->regions[i]);
        } else {
            scan_words(&scanner, &map->regions[i]);
        }
    }
    if (scanner.failed) {
        code_scan_close(scan);
        return problem_no_memory(problem, "looking through the program");
    }
    sort(scan);
    return 0;
}

bool code_scan_is_rom(const struct code_scan *scan, uint32_t number)
{
    return rom_ranges_near(&scan->rom, number) && rom_ranges_meet(&scan->rom, number, number);
}

void code_scan_close(struct code_scan *scan)
{
    free(scan->sites);
    free(scan->calls);
    rom_ranges_close(&scan->rom);
    *scan = (struct code_scan){0};
}
