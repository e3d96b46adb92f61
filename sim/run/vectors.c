// vectors.c: checks that a firmware lies in flash and begins with a vector table.
// SPDX-License-Identifier: MIT
//
// The core loads the stack pointer from word 0 and the first PC from word 1 (Armv6-M, Armv7-M and
// Armv8-M alike). Without this a run of such a file ends in a fault that does not say why.
#include "vectors.h"

static const char link_it[] = "link the vector table to the start of flash, for this chip";

static uint32_t word_at(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// A stack grows down: it may start at the end of a RAM, not at its first byte.
static bool can_be_stack(const struct device *device, uint32_t stack)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (stack - ram->region.start - 1 < ram->region.size) {
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
        uint32_t offset = segment->address - flash->start;

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

int vectors_check(const struct image *image, const struct device *device, const char *path,
                  struct problem *problem)
{
    unsigned start = device->flash.start;
    uint8_t bytes[8] = {0};
    int error = check_places(image, device, path, problem);

    if (error) {
        return error;
    }
    if (image_read(image, start, sizeof bytes, bytes) != sizeof bytes) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: its first byte is for 0x%08X", path,
                           start, (unsigned)image->segments[0].address);
    }
    unsigned stack = word_at(bytes), reset = word_at(bytes + 4);
    if (!can_be_stack(device, stack)) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: word 0, the stack pointer, is 0x%08X, "
                           "not in a RAM of %s",
                           path, start, stack, device->slug);
    }
    if (reset % 2 == 0) {
        return problem_set(problem, EXIT_USAGE, "declare the reset handler as a Thumb function",
                           "%s at 0x%08X: no vector table: word 1, the reset handler, is 0x%08X, "
                           "even, so not Thumb code",
                           path, start + 4, reset);
    }
    if (!is_in_flash(device, reset)) {
        return problem_set(problem, EXIT_USAGE, link_it,
                           "%s at 0x%08X: no vector table: word 1, the reset handler, is 0x%08X, "
                           "outside the flash of %s",
                           path, start + 4, reset, device->slug);
    }
    return 0;
}
