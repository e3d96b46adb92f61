// vectors.c: checks that a firmware lies in flash, and finds its vector table there.
// SPDX-License-Identifier: MIT
//
// The core loads the stack pointer from word 0 and the first PC from word 1 (Armv6-M, Armv7-M and
// Armv8-M alike). Without this a run of such a file ends in a fault that does not say why.
#include "vectors.h"

#include "chip_memory.h"

enum { TABLE = 8, VTOR_ALIGNMENT = 128 };

static const char link_it[] = "link the vector table to the start of flash, for this chip, or name "
                              "its address by --vectors";

static uint32_t word_at(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// A stack grows down: it may start at the end of a RAM, not at its first byte.
static bool can_be_stack(const struct device *device, uint32_t stack)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (stack - ram->region.start - 1 < ram->region.size ||
            (ram->also_at && stack - ram->also_at - 1 < ram->region.size)) {
            return true;
        }
    }
    return false;
}

// Flash, or where flash is seen too.
static bool is_in_flash(const struct device *device, uint32_t address)
{
    uint32_t size = device->flash.size;

    return address - device->flash.start < size || (device->alias && address < size) ||
           (device->flash_also_at && address - device->flash_also_at < size);
}

static int check_places(const struct image *image, const struct device *device, const char *path,
                        struct problem *problem)
{
    const struct region *flash = &device->flash;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        uint32_t offset = chip_flash_place(device, segment->address) - flash->start;

        if (offset >= flash->size || segment->size > flash->size - offset) {
            return problem_set(problem, EXIT_USAGE, "link the ELF for this chip",
                               "%s at 0x%08X: its %u bytes are outside the flash of %s "
                               "(0x%08X to 0x%08X)",
                               path, (unsigned)segment->address, (unsigned)segment->size,
                               device->slug, (unsigned)flash->start,
                               (unsigned)(flash->start + flash->size - 1));
        }
    }
    return 0;
}

// What the image holds of these bytes of flash, wherever it was linked to.
static bool read_flash(const struct image *image, const struct device *device, uint32_t address,
                       uint32_t size, uint8_t *bytes)
{
    uint32_t offset = address - device->flash.start;

    return image_read(image, address, size, bytes) == size ||
           (device->alias && image_read(image, offset, size, bytes) == size) ||
           (device->flash_also_at &&
            image_read(image, device->flash_also_at + offset, size, bytes) == size);
}

// Whether an application behind a loader may begin here: a loader has no other way to tell.
static bool may_be_table(const struct image *image, const struct device *device, uint32_t table)
{
    uint8_t bytes[TABLE], code[2];
    uint32_t reset;

    if ((table - device->flash.start) % VTOR_ALIGNMENT ||
        !read_flash(image, device, table, TABLE, bytes)) {
        return false;
    }
    reset = word_at(bytes + 4);
    return can_be_stack(device, word_at(bytes)) && reset % 2 == 1 && is_in_flash(device, reset) &&
           read_flash(image, device, chip_flash_place(device, reset - 1), sizeof code, code);
}

// The first part of the image that begins with a table; 0: none does.
static uint32_t find_table(const struct image *image, const struct device *device)
{
    uint8_t bytes[TABLE];

    if (read_flash(image, device, device->flash.start, TABLE, bytes)) {
        return device->flash.start;
    }
    for (size_t i = 0; i < image->count; i++) {
        uint32_t table = chip_flash_place(device, image->segments[i].address);
        if (may_be_table(image, device, table)) {
            return table;
        }
    }
    return 0;
}

// The table at `table`, of which there are bytes.
static int check_words(const uint8_t *bytes, const struct device *device, const char *path,
                       unsigned table, struct problem *problem)
{
    unsigned stack = word_at(bytes), reset = word_at(bytes + 4);

    if (!can_be_stack(device, stack)) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: word 0, the stack pointer, is 0x%08X, "
                           "not in a RAM of %s",
                           path, table, stack, device->slug);
    }
    if (reset % 2 == 0) {
        return problem_set(problem, EXIT_USAGE, "declare the reset handler as a Thumb function",
                           "%s at 0x%08X: no vector table: word 1, the reset handler, is 0x%08X, "
                           "even, so not Thumb code",
                           path, table + 4, reset);
    }
    if (!is_in_flash(device, reset)) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: word 1, the reset handler, is 0x%08X, "
                           "outside the flash of %s",
                           path, table + 4, reset, device->slug);
    }
    return 0;
}

int vectors_find(const struct image *image, const struct device *device, const char *path,
                 uint32_t named, uint32_t *table, struct problem *problem)
{
    uint32_t start = device->flash.start;
    uint32_t place = chip_flash_place(device, named);
    uint8_t bytes[TABLE] = {0};
    int error = check_places(image, device, path, problem);

    if (error) {
        return error;
    }
    if (named && (place - start) % VTOR_ALIGNMENT) {
        return problem_set(problem, EXIT_USAGE, "a multiple of 128, as VTOR has it",
                           "--vectors 0x%08X: no core can have its vector table there",
                           (unsigned)named);
    }
    *table = named ? place : find_table(image, device);
    if (!*table) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: its first byte is for 0x%08X, and no "
                           "stack pointer and reset handler of its own are there",
                           path, (unsigned)start, (unsigned)image->segments[0].address);
    }
    if (!read_flash(image, device, *table, TABLE, bytes)) {
        return problem_set(problem, EXIT_USAGE, "where the ELF has its vector table",
                           "--vectors 0x%08X: %s has nothing there", (unsigned)named, path);
    }
    return check_words(bytes, device, path, *table, problem);
}
