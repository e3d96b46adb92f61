// image_check.c: whether an image can be meant for a device.
// SPDX-License-Identifier: MIT
#include "image_check.h"

#include "image_bytes.h"
#include "memory_name.h"

#include <string.h>

enum { WORD_BYTES = 4 };

static const char wrong_chip[] = "the build for this chip; --force flashes the file as it is";

static uint32_t end_of(const struct region *region)
{
    return region->start + region->size;
}

static bool has_any_for(const struct image *image, const struct region *flash)
{
    for (size_t i = 0; i < image->count; i++) {
        if (image->segments[i].address - flash->start < flash->size) {
            return true;
        }
    }
    return false;
}

static int refuse_beside(const struct device *device, const struct image *image,
                         const struct segment *segment, const char *name, struct problem *problem)
{
    return problem_set(
        problem, EXIT_USAGE,
        has_any_for(image, &device->flash)
            ? "--only-flash leaves that out; or the linker script, and the device it is for"
            : "the linker script, and the device it is for: nothing in the file is for this flash",
        "%u bytes for 0x%08X, %s: outside the flash of %s, 0x%08X to 0x%08X",
        (unsigned)segment->size, (unsigned)segment->address, name, device->name,
        (unsigned)device->flash.start, (unsigned)(end_of(&device->flash) - 1));
}

static int too_large(const struct device *device, const struct region *flash,
                     const struct segment *segment, struct problem *problem)
{
    bool small = flash->size < device->flash.size;

    return problem_set(problem, EXIT_USAGE,
                       small ? "a smaller build; --force, if the chip has more flash than it says"
                             : "a smaller build, or the device it is for",
                       "data for 0x%08X to 0x%08X: too large, the flash of %s%s ends at 0x%08X",
                       (unsigned)segment->address, (unsigned)(image_segment_end(segment) - 1),
                       small ? "this " : "", device->name, (unsigned)(end_of(flash) - 1));
}

static int check_inside(const struct device *device, const struct region *flash,
                        const struct image *image, struct problem *problem)
{
    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        bool starts_inside = segment->address - flash->start < device->flash.size;
        const char *name = starts_inside ? NULL : memory_name(device, segment->address);
        if (name) {
            return refuse_beside(device, image, segment, name, problem);
        }
        if (image_segment_end(segment) > end_of(flash)) {
            return too_large(device, flash, segment, problem);
        }
    }
    return 0;
}

// A UF2 file may say for which chips it was built.
static int check_family(const struct device *device, const struct image *image,
                        struct problem *problem)
{
    const struct uf2_family *family = image->uf2_family;

    if (!family || strcmp(family->series, device->series) == 0) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, wrong_chip, "the UF2 file is for %s: this is %s",
                       family->name, device->name);
}

// A stack starts above its last byte, so the end of RAM is a good stack pointer.
static bool is_stack(const struct device *device, uint32_t address)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (address > ram->region.start && address <= end_of(&ram->region)) {
            return address % WORD_BYTES == 0;
        }
    }
    return false;
}

bool image_has_vectors(const struct device *device, const struct image *image, uint32_t address)
{
    uint8_t table[8], code[2];

    if (image_read(image, address, sizeof table, table) != sizeof table) {
        return false;
    }
    uint32_t reset = word_at(table + 4);
    return is_stack(device, word_at(table)) && reset % 2 == 1 &&
           image_read(image, reset - 1, sizeof code, code) == sizeof code;
}

// Stack pointer and reset handler of a table that the image has.
static int check_table(const struct device *device, const struct image *image,
                       const uint8_t table[8], struct problem *problem)
{
    uint8_t code[2];
    uint32_t stack = word_at(table);
    uint32_t reset = word_at(table + 4);
    if (stack == reset && (stack == 0 || stack == UINT32_MAX)) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: there is none, only bytes 0x%02X",
                           (unsigned)device->flash.start, stack & 0xFF);
    }
    if (!is_stack(device, stack)) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: stack pointer 0x%08X is outside the RAM of %s",
                           device->flash.start, stack, device->name);
    }
    if (reset % 2 == 0) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: reset handler 0x%08X is not Thumb code",
                           device->flash.start, reset);
    }
    if (image_read(image, reset - 1, sizeof code, code) != sizeof code) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: reset handler 0x%08X is outside the file",
                           device->flash.start, reset);
    }
    return 0;
}

static int check_vectors(const struct device *device, const struct image *image,
                         struct problem *problem)
{
    uint8_t table[8];
    uint32_t held = image_read(image, device->flash.start, sizeof table, table);

    if (held == 0) {
        return 0;
    }
    if (image->text) {
        return problem_set(problem, EXIT_USAGE, "the firmware file in its place",
                           "this is a text, not firmware");
    }
    if (held < sizeof table) {
        return problem_set(problem, EXIT_USAGE, wrong_chip,
                           "vector table at 0x%08X: the file has %u of its first 8 bytes",
                           (unsigned)device->flash.start, (unsigned)held);
    }
    return check_table(device, image, table, problem);
}

int image_check(const struct device *device, const struct region *flash, const struct image *image,
                bool force, struct problem *problem)
{
    int error = check_inside(device, flash, image, problem);

    if (error == 0 && !force) {
        error = check_family(device, image, problem);
    }
    if (error == 0 && !force) {
        error = image_check_core(image, device, problem);
    }
    if (error == 0 && !force) {
        error = check_vectors(device, image, problem);
    }
    return error;
}
