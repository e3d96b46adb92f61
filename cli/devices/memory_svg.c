// memory_svg.c: draws a bar for each memory, and below it a line for each part of it.
// SPDX-License-Identifier: MIT
#include "memory_svg.h"

#include "printf_format.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

// In pixels.
enum {
    WIDTH = 760,
    MARGIN = 20,
    BAR_WIDTH = WIDTH - 2 * MARGIN,
    BAR_HEIGHT = 30,
    LEAST_WIDTH = 4, // of a part that is there
    TITLE_HEIGHT = 44,
    LINE_HEIGHT = 18,
    GAP = 16,
    SWATCH = 11,
};

enum { KB = 1024, MARK_BYTES = 8, STACK_BYTES = 1024 };

static const char flash_color[] = "#cfe3f5", rom_color[] = "#f6d9a8", ram_color[] = "#e4efe0";
static const char lost_color[] = "#e0a23c", mark_color[] = "#b3261e", stack_color[] = "#7a9e6f";

static const char mark_meaning[] = "the mark, the request that survives the reset";

// A picture that grows downwards. It is drawn twice: the first time only its height is measured.
struct picture {
    bool draws;
    int y;
    struct region bar; // the last one
    int bar_y;
};

PRINTF_FORMAT(2, 3) static void draw(const struct picture *picture, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (picture->draws) {
        vprintf(format, arguments);
    }
    va_end(arguments);
}

static void print_escaped(const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        default:
            putchar(*text);
        }
    }
}

static int place_of(const struct region *bar, uint32_t address)
{
    return MARGIN + (int)((uint64_t)BAR_WIDTH * (address - bar->start) / bar->size);
}

static void begin_bar(struct picture *picture, const struct region *bar, const char *name,
                      const char *color)
{
    picture->y += GAP + LINE_HEIGHT;
    draw(picture, "<text x=\"%d\" y=\"%d\" class=\"name\">%s  0x%08" PRIX32 " to 0x%08" PRIX32,
         MARGIN, picture->y - 5, name, bar->start, bar->start + (bar->size - 1));
    draw(picture, bar->size % KB ? ", %" PRIu32 " bytes</text>\n" : ", %" PRIu32 " KB</text>\n",
         bar->size % KB ? bar->size : bar->size / KB);
    draw(picture,
         "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" class=\"bar\"/>\n", MARGIN,
         picture->y, BAR_WIDTH, BAR_HEIGHT, color);
    picture->bar = *bar;
    picture->bar_y = picture->y;
    picture->y += BAR_HEIGHT + 4;
}

// A part of the last bar, and the line that explains it.
static void add_part(struct picture *picture, const struct region *part, const char *color,
                     const char *meaning)
{
    int from = place_of(&picture->bar, part->start);
    int width = place_of(&picture->bar, part->start + part->size) - from;

    if (width < LEAST_WIDTH) {
        width = LEAST_WIDTH;
        from -= from + width > MARGIN + BAR_WIDTH ? from + width - MARGIN - BAR_WIDTH : 0;
    }
    draw(picture, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", from,
         picture->bar_y, width, BAR_HEIGHT, color);
    draw(picture, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", MARGIN,
         picture->y + 3, SWATCH, SWATCH, color);
    draw(picture, "<text x=\"%d\" y=\"%d\">0x%08" PRIX32 " to 0x%08" PRIX32 ": %s</text>\n",
         MARGIN + SWATCH + 7, picture->y + SWATCH + 2, part->start, part->start + (part->size - 1),
         meaning);
    picture->y += LINE_HEIGHT;
}

static bool is_in(const struct region *bar, uint32_t address)
{
    return address - bar->start < bar->size;
}

// The part of `part` that is in `bar`; false: none.
static bool cut(const struct region *part, const struct region *bar, struct region *result)
{
    uint32_t from = part->start > bar->start ? part->start : bar->start;
    uint32_t to = part->start + part->size < bar->start + bar->size ? part->start + part->size
                                                                    : bar->start + bar->size;

    *result = (struct region){part->name, from, to - from};
    return from < to;
}

static const struct region *ram_at(const struct device *device, uint32_t address)
{
    const struct ram *ram = device->rams;

    while (ram->region.size && !is_in(&ram->region, address)) {
        ram++;
    }
    return ram->region.size ? &ram->region : NULL;
}

// The last byte of the RAMs that follow each other without a gap, from the one with `address` on.
static uint32_t last_byte(const struct device *device, uint32_t address)
{
    uint32_t last = address;

    for (const struct region *ram = ram_at(device, address); ram; ram = ram_at(device, last + 1)) {
        last = ram->start + (ram->size - 1);
    }
    return last;
}

static void add_ram(struct picture *picture, const struct device *device, const struct region *ram)
{
    bool marked = device->mark && !device->mark_in_backup;
    bool has_mark = marked && is_in(ram, device->mark);
    bool has_stack = marked && ram->size > STACK_BYTES &&
                     last_byte(device, device->mark) == ram->start + (ram->size - 1);
    struct region part;

    begin_bar(picture, ram, ram->name, ram_color);
    for (const struct region *used = device->rom_ram; used->size; used++) {
        if (cut(used, ram, &part)) {
            add_part(picture, &part, lost_color, "the bootloader overwrites this");
        }
    }
    if (has_mark) {
        part = (struct region){"", device->mark, MARK_BYTES};
        add_part(picture, &part, mark_color, mark_meaning);
    }
    if (has_stack) {
        part = (struct region){"", ram->start + (ram->size - STACK_BYTES), STACK_BYTES};
        add_part(picture, &part, stack_color, "the end of this RAM: a stack usually starts here");
    }
}

static void add_memories(struct picture *picture, const struct device *device)
{
    struct region part;

    if (device->flash.size) {
        begin_bar(picture, &device->flash, "Flash", flash_color);
    }
    for (const struct region *rom = device->system_memory; rom->size; rom++) {
        begin_bar(picture, rom, "System memory", rom_color);
        if (is_in(rom, device->rom_vector)) {
            part = (struct region){"", device->rom_vector, MARK_BYTES};
            add_part(picture, &part, mark_color, "vector table of the system bootloader");
        }
    }
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        add_ram(picture, device, &ram->region);
    }
    if (device->mark_in_backup) {
        const struct region backup = {"", device->backup, device->backup_size};
        begin_bar(picture, &backup, "Backup registers", ram_color);
        part = (struct region){"", device->mark, MARK_BYTES};
        add_part(picture, &part, mark_color, mark_meaning);
    }
}

static int height_of(const struct device *device)
{
    struct picture picture = {.y = TITLE_HEIGHT};

    add_memories(&picture, device);
    return picture.y + GAP;
}

void memory_svg_print(const struct device *device)
{
    struct picture picture = {.draws = true, .y = TITLE_HEIGHT};
    int height = height_of(device);

    printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
           "height=\"%d\" role=\"img\">\n<title>Memories of ",
           WIDTH, height, WIDTH, height);
    print_escaped(device->name);
    printf("</title>\n"
           "<style>text { font: 13px sans-serif; fill: #222 } .name { font-weight: bold } "
           ".title { font-size: 18px } .bar { stroke: #666 }</style>\n"
           "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n"
           "<text x=\"%d\" y=\"30\" class=\"name title\">",
           WIDTH, height, MARGIN);
    print_escaped(device->name);
    printf("</text>\n");
    add_memories(&picture, device);
    printf("</svg>\n");
}
