// memory_bootloader.c: fills the table of functions with operations on memory.
// SPDX-License-Identifier: MIT
#include "memory_bootloader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { UNTOUCHED = 0xA5 };

static struct memory_bootloader *whole(struct bootloader *bootloader)
{
    return (struct memory_bootloader *)bootloader;
}

// Counts the call; the exit code that it is to fail with, or 0.
static int count(struct bootloader *bootloader, enum memory_call call, struct problem *problem)
{
    struct memory_bootloader *memory = whole(bootloader);

    size_t number = ++memory->calls[call];
    size_t last = memory->fails_until > memory->fails_at ? memory->fails_until : memory->fails_at;
    if (call != memory->fails || number < memory->fails_at || number > last) {
        return 0;
    }
    return problem_set(problem, (enum exit_code)memory->fails_with, NULL, "the memory fails");
}

static int identify(struct bootloader *bootloader, unsigned window_ms, unsigned recovery,
                    struct problem *problem)
{
    struct memory_bootloader *memory = whole(bootloader);
    size_t call = memory->calls[CALL_IDENTIFY];

    assert_true(call < IDENTIFIES);
    memory->window_ms[call] = window_ms;
    memory->recovery[call] = recovery;
    int error = count(bootloader, CALL_IDENTIFY, problem);
    if (error || call >= memory->silent) {
        return error;
    }
    return problem_set(problem, EXIT_NO_DEVICE, "look", "nobody answers");
}

static uint8_t *at(struct bootloader *bootloader, uint32_t address, uint32_t size)
{
    struct memory_bootloader *memory = whole(bootloader);
    const struct region *flash = &memory->device->flash;

    assert_true(size > 0 && size <= bootloader->block_bytes);
    assert_true(address >= flash->start && address - flash->start + size <= flash->size);
    return memory->flash + (address - flash->start);
}

static int read_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                       uint8_t *bytes, struct problem *problem)
{
    struct memory_bootloader *memory = whole(bootloader);

    int error = count(bootloader, CALL_READ, problem);
    if (error) {
        return error;
    }
    if (address == memory->device->rom_id_address) {
        assert_int_equal(size, 1);
        bytes[0] = memory->rom_id;
        return 0;
    }
    if (address == memory->device->uid || address == memory->device->uid_last) {
        memset(bytes, 0x5A, size);
        return memory->hides_id ? problem_set(problem, EXIT_REFUSED, NULL, "refused") : 0;
    }
    memcpy(bytes, at(bootloader, address, size), size);
    bytes[0] ^= memory->calls[CALL_READ] == memory->lies_at;
    memory->reads_pending += memory->calls[CALL_WRITE] > 0;
    return 0;
}

static int write_memory(struct bootloader *bootloader, uint32_t address, uint32_t size,
                        const uint8_t *bytes, struct problem *problem)
{
    struct memory_bootloader *memory = whole(bootloader);
    const struct device *device = memory->device;
    uint32_t unit = device->program_bytes > 4 ? device->program_bytes : 4;

    int error = count(bootloader, CALL_WRITE, problem);
    uint8_t *flash = at(bootloader, address, size);
    uint32_t arrives = error && memory->loses == LOSS_OF_ALL    ? 0
                       : error && memory->loses == LOSS_OF_HALF ? size / 2
                                                                : size;
    assert_true(address % unit == 0 && size % unit == 0);
    memory->reads_among += memory->reads_pending;
    memory->reads_pending = 0;
    for (uint32_t i = 0; i < arrives; i++) {
        assert_int_equal(flash[i], device->erased);
        flash[i] = bytes[i];
    }
    if (address == memory->flip) {
        flash[0] ^= 1;
        memory->flip = memory->flips_always ? address : 0;
    }
    memory->written_last = address;
    memory->written_last_bytes = size;
    return error;
}

static void erase_page(struct memory_bootloader *memory, unsigned page)
{
    const struct device *device = memory->device;
    size_t before = 0;

    for (const struct page_run *run = device->pages; run->count; before += run->count, run++) {
        unsigned index = page - run->first_number;
        if (page < run->first_number || index >= run->count) {
            continue;
        }
        memory->erased[before + index] = true;
        memset(memory->flash + (run->start - device->flash.start) + index * run->size,
               device->erased, run->size);
        return;
    }
    fail_msg("there is no page %u", page);
}

static int erase(struct bootloader *bootloader, const struct bootloader_page *pages,
                 unsigned page_count, unsigned most_ms, struct problem *problem)
{
    struct memory_bootloader *memory = whole(bootloader);

    assert_true(most_ms > 0);
    int error = count(bootloader, CALL_ERASE, problem);
    if (error) {
        return error;
    }
    assert_true(page_count >= 1 && page_count <= bootloader->erase_pages);
    if (memory->calls[CALL_ERASE] == 1) {
        memory->erased_first = pages[0].number;
        memory->erased_with = page_count - 1;
    }
    for (unsigned i = 0; i < page_count; i++) {
        erase_page(memory, pages[i].number);
    }
    return 0;
}

static int go(struct bootloader *bootloader, uint32_t address, struct problem *problem)
{
    (void)address;
    return count(bootloader, CALL_GO, problem);
}

static void release(struct bootloader *bootloader)
{
    whole(bootloader)->calls[CALL_CLOSE]++;
}

static const struct bootloader_ops ops = {.identify = identify,
                                          .read = read_memory,
                                          .write = write_memory,
                                          .erase = erase,
                                          .go = go,
                                          .close = release};

void memory_bootloader_open(struct memory_bootloader *memory, const struct device *device,
                            uint32_t block_bytes, unsigned erase_pages)
{
    size_t pages = 0;

    for (const struct page_run *run = device->pages; run->count; run++) {
        pages += run->count;
    }
    *memory = (struct memory_bootloader){
        .base = {.ops = &ops,
                 .port = "memory",
                 .product = device->product,
                 .operations =
                     BOOTLOADER_READ | BOOTLOADER_WRITE | BOOTLOADER_ERASE | BOOTLOADER_GO,
                 .block_bytes = block_bytes,
                 .erase_pages = erase_pages},
        .device = device,
        .flash = malloc(device->flash.size),
        .erased = calloc(pages, sizeof *memory->erased),
    };
    assert_non_null(memory->flash);
    assert_non_null(memory->erased);
    memset(memory->flash, UNTOUCHED, device->flash.size);
}

void memory_bootloader_free(struct memory_bootloader *memory)
{
    free(memory->flash);
    free(memory->erased);
}
