// session_read.c: reads memory of the chip, and compares it with a file.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "sure_read.h"

#include <stdlib.h>
#include <string.h>

// How much of [address, address + size) one read takes: none crosses a multiple of a block.
static uint32_t block_of(const struct libbootleap *chip, uint32_t address, uint32_t size)
{
    uint32_t block = chip->target.bootloader->block_bytes, room = block - address % block;

    return size < room ? size : room;
}

int session_read(struct libbootleap *chip, uint32_t address, uint32_t size, uint8_t *bytes,
                 struct problem *problem)
{
    struct bootloader *bootloader = chip->target.bootloader;
    int error = chip->identified
                    ? target_require_operations(&chip->target, BOOTLOADER_READ, problem)
                    : problem_set(problem, EXIT_USAGE, "libbootleap_enter()",
                                  "the chip was neither found nor entered");

    for (uint32_t done = 0, now; error == 0 && done < size; done += now) {
        now = block_of(chip, address + done, size - done);
        error = session_go_on(chip, problem);
        if (error == 0) {
            error = sure_read(bootloader, address + done, now, bytes + done, problem);
        }
        if (error == 0) {
            watch_step(&chip->watch, "read", done + now, size);
        }
    }
    watch_stop(&chip->watch);
    return error;
}

// What verify works on.
struct comparison {
    struct libbootleap *chip;
    struct libbootleap_verify_result *result;
    uint32_t total;
    uint32_t last_page; // that differs
    uint8_t *is;        // one block
};

static void count_page(struct comparison *comparison, uint32_t address)
{
    struct region page;
    unsigned number;

    if (flash_layout_page(&comparison->chip->target.layout, address, &number, &page) &&
        (comparison->result->pages_differ == 0 || comparison->last_page != page.start)) {
        comparison->result->pages_differ++;
        comparison->last_page = page.start;
    }
}

static void count_differences(struct comparison *comparison, uint32_t address, uint32_t size,
                              const uint8_t *wanted)
{
    struct libbootleap_verify_result *result = comparison->result;

    for (uint32_t i = 0; i < size; i++) {
        if (comparison->is[i] == wanted[i]) {
            continue;
        }
        if (result->differ++ == 0) {
            result->first = address + i;
            result->is = comparison->is[i];
            result->wanted = wanted[i];
        }
        count_page(comparison, address + i);
    }
    result->bytes += size;
}

// What is equal cannot be so by chance; what differs may have been spoilt on its way.
static int compare_block(struct comparison *comparison, uint32_t address, uint32_t size,
                         const uint8_t *wanted, struct problem *problem)
{
    struct bootloader *bootloader = comparison->chip->target.bootloader;

    int error = bootloader->ops->read(bootloader, address, size, comparison->is, problem);
    if (error == 0 && !bootloader->reads_are_checked && memcmp(comparison->is, wanted, size) != 0) {
        error = sure_read(bootloader, address, size, comparison->is, problem);
    }
    if (error == 0) {
        count_differences(comparison, address, size, wanted);
        watch_step(&comparison->chip->watch, "compare", comparison->result->bytes,
                   comparison->total);
    }
    return error;
}

static int compare_segments(struct comparison *comparison, const struct image *image,
                            struct problem *problem)
{
    int error = 0;

    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        for (uint32_t done = 0, now; error == 0 && done < segment->size; done += now) {
            now = block_of(comparison->chip, segment->address + done, segment->size - done);
            error = session_go_on(comparison->chip, problem);
            error = error ? error
                          : compare_block(comparison, segment->address + done, now,
                                          segment->bytes + done, problem);
        }
    }
    return error;
}

static int told_difference(const struct libbootleap_verify_result *result, struct problem *problem)
{
    return problem_set(problem, EXIT_VERIFY, "bootleap flash, which writes what differs",
                       "at 0x%08X the chip has 0x%02X, the file 0x%02X; %u of %u bytes differ, in "
                       "%zu page%s",
                       result->first, result->is, result->wanted, result->differ, result->bytes,
                       result->pages_differ, result->pages_differ == 1 ? "" : "s");
}

int session_verify(struct libbootleap *chip, struct libbootleap_file *file,
                   struct libbootleap_verify_result *result, struct problem *problem)
{
    struct comparison comparison = {.chip = chip, .result = result};

    *result = (struct libbootleap_verify_result){0};
    int error = session_file_fit(chip, file, problem);
    if (error == 0) {
        error = target_require_operations(&chip->target, BOOTLOADER_READ, problem);
    }
    if (error) {
        return error;
    }
    comparison.total = libbootleap_file_bytes(file);
    comparison.is = malloc(chip->target.bootloader->block_bytes);
    error = comparison.is ? compare_segments(&comparison, &file->image, problem)
                          : problem_no_memory(problem, "verify");
    watch_stop(&chip->watch);
    free(comparison.is);
    result->retries = chip->target.bootloader->retries;
    result->usb_transfers = chip->target.bootloader->transfers;
    return error || result->differ == 0 ? error : told_difference(result, problem);
}
