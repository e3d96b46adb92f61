// session.c: runs the tool's verbs on the line, and compares the chip with what they say.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "verb_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LEAST_APART = 1024,
    BLOCK = 256,
    SHORT = 64,
    OLD_SEED = 7,
    NEW_SEED = 1,
    ARGUMENTS = 12,
    PAUSE_US = 1000000,
    SLUG_BYTES = 32,
};

// Bytes that repeat nowhere near, and hold no erased unit.
static void fill(uint8_t *bytes, size_t size, uint32_t seed)
{
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(seed >> 24);
    }
}

static void put_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(word >> 8 * i);
    }
}

static void write_record(FILE *file, unsigned type, uint32_t address, const uint8_t *bytes,
                         unsigned size)
{
    unsigned sum = size + (address >> 8 & 0xFF) + (address & 0xFF) + type;

    fprintf(file, ":%02X%04X%02X", size, address & 0xFFFF, type);
    for (unsigned i = 0; i < size; i++) {
        sum += bytes[i];
        fprintf(file, "%02X", bytes[i]);
    }
    fprintf(file, "%02X\n", -sum & 0xFF);
}

static bool write_file(const struct session_image *image)
{
    FILE *file = fopen(image->path, "w");

    if (file == NULL) {
        return false;
    }
    for (int piece = 0; piece < SESSION_PIECES; piece++) {
        for (uint32_t at = 0; at < image->size[piece]; at += 16) {
            uint32_t address = image->start[piece] + at;
            const uint8_t upper[] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16)};
            write_record(file, 4, 0, upper, 2);
            write_record(file, 0, address, image->bytes[piece] + at, 16);
        }
    }
    write_record(file, 1, 0, NULL, 0);
    return fclose(file) == 0;
}

static void make_image(struct bench *bench)
{
    const struct device *device = bench->device;
    const struct region *ram = &device->rams[0].region;
    struct session_image *image = &bench->image;

    image->start[0] = device->flash.start;
    image->size[0] = 2 * BLOCK;
    image->start[1] = device->flash.start + bench->page_bytes;
    image->size[1] = BLOCK;
    for (int piece = 0; piece < SESSION_PIECES; piece++) {
        fill(image->bytes[piece], image->size[piece], NEW_SEED + (uint32_t)piece);
    }
    put_word(image->bytes[0], ram->start + ram->size);
    put_word(image->bytes[0] + 4, device->flash.start + 0x101);
}

// The number behind a word of a row's name, `none` where the word is not there.
static unsigned number_behind(const char *row, const char *word, int base, unsigned none)
{
    const char *at = strstr(row, word);

    return at ? (unsigned)strtoul(at + strlen(word), NULL, base) : none;
}

// False where the row has no such layout.
static bool choose_kind(struct chip_kind *kind, const char *row)
{
    char slug[SLUG_BYTES];
    unsigned layout = number_behind(row, "+layout=", 10, UINT32_MAX);

    snprintf(slug, sizeof slug, "%.*s", (int)strcspn(row, "@+"), row);
    kind->device = device_find(slug);
    kind->version = (uint16_t)number_behind(row, "@", 16, 0);
    kind->kb = number_behind(row, "+kb=", 10, 0);
    kind->defects = strstr(row, "+two-nacks") ? SECOND_ROM_DOUBLE_NACK_OF_SYNC : 0;
    kind->level_1 = strstr(row, "+rdp1") != NULL;
    kind->protected_pages = number_behind(row, "+protected=", 10, 0);
    if (kind->device == NULL || layout == UINT32_MAX) {
        return kind->device != NULL;
    }
    for (unsigned i = 0; i <= layout; i++) {
        kind->layout = &kind->device->layouts[i];
        if (kind->layout->kb == 0) {
            return false;
        }
    }
    kind->kb = kind->layout->kb;
    return kind->layout->pages[0].count > 0;
}

bool bench_open(struct bench *bench, const char *row, const char *folder, enum chip_errors errors)
{
    struct chip_kind kind = {.errors = errors};

    *bench = (struct bench){.device = NULL};
    if (!choose_kind(&kind, row)) {
        return false;
    }
    const uint16_t *fails = kind.device->go.fails;
    bench->device = kind.device;
    chip_layout_of(&kind, &bench->layout);
    bench->rom = chip_new(&kind);
    bench->level_1 = kind.level_1;
    bench->protected_pages = kind.protected_pages;
    bench->echo = strstr(row, "+echo") != NULL;
    bench->never_starts = *fails && device_version_in(fails, kind.version);
    bench->page_bytes = bench->layout.pages[0].size;
    bench->page_bytes = bench->page_bytes < LEAST_APART ? LEAST_APART : bench->page_bytes;
    snprintf(bench->image.path, sizeof bench->image.path, "%s/%s.hex", folder, kind.device->slug);
    make_image(bench);
    return bench->rom && write_file(&bench->image);
}

void bench_close(struct bench *bench)
{
    remove(bench->image.path);
    second_rom_free(bench->rom);
}

void bench_renew(struct bench *bench)
{
    uint32_t start = bench->device->flash.start, page = bench->page_bytes;
    uint8_t old[2 * BLOCK];

    bench->now_us = 0;
    second_rom_renew(bench->rom);
    for (unsigned piece = 0; piece < SESSION_PIECES; piece++) {
        uint32_t size = bench->image.size[piece], erased = bench->layout.pages[0].size;
        second_rom_allow(bench->rom, piece, bench->image.start[piece],
                         (size + erased - 1) / erased * erased);
    }
    fill(old, sizeof old, OLD_SEED);
    for (int piece = 0; piece < SESSION_PIECES; piece++) {
        second_rom_preset(bench->rom, bench->image.start[piece],
                          bench->holds_image ? bench->image.bytes[piece] : old,
                          bench->image.size[piece]);
    }
    second_rom_set_readout_protection(bench->rom, bench->level_1);
    second_rom_preset(bench->rom, start + 2 * page - SHORT, old, SHORT);
    second_rom_preset(bench->rom, start + 2 * page, old, SHORT);
    second_rom_preset(bench->rom, start + bench->layout.flash.size - SHORT, old, SHORT);
    second_rom_set_write_protection(bench->rom, bench->layout.pages[0].first_number,
                                    bench->protected_pages);
}

static bool whole(const struct bench *bench)
{
    for (int piece = 0; piece < SESSION_PIECES; piece++) {
        const struct session_image *image = &bench->image;
        if (memcmp(second_rom_flash(bench->rom, image->start[piece], image->size[piece]),
                   image->bytes[piece], image->size[piece]) != 0) {
            return false;
        }
    }
    return true;
}

void session_run(struct bench *bench, int argc, const char *const *argv,
                 const struct line_fault *fault, struct session_end *end)
{
    char texts[ARGUMENTS][SESSION_PATH_BYTES];
    char *arguments[ARGUMENTS + 1] = {NULL};

    for (int i = 0; i < argc && i < ARGUMENTS; i++) {
        snprintf(texts[i], sizeof texts[i], "%s", argv[i]);
        arguments[i] = texts[i];
    }
    optind = 0; // getopt_long begins anew, in glibc and musl
    unsigned starts = second_rom_log(bench->rom)->starts;
    line_connect(bench->rom, bench->now_us, fault, bench->echo);
    line_edit_answers(bench->edits, bench->edit_size);
    *end = (struct session_end){.code = 0};
    end->code = verb_table_run(argc, arguments, &end->problem);
    fflush(stdout);
    end->line = *line_record();
    bench->now_us += end->line.us + PAUSE_US;
    const struct second_rom_log *log = second_rom_log(bench->rom);
    end->whole = whole(bench);
    end->started =
        bench->never_starts || (log->starts > starts && second_rom_runs_application(bench->rom));
    end->outside = log->outside;
    end->options = log->option_writes + log->protections;
}

void session_flash_image(struct bench *bench, const struct line_fault *fault,
                         struct session_end *end)
{
    const char *const arguments[] = {"flash", bench->image.path, "line"};

    session_run(bench, 3, arguments, fault, end);
}
