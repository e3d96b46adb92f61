// dfuse.c: sets the address as seldom as it can.
// SPDX-License-Identifier: MIT
#include "dfuse.h"

#include <stdio.h>
#include <string.h>

enum {
    SET_ADDRESS = 0x21,
    ERASE = 0x41,
    READ_UNPROTECT = 0x92,
    COMMAND_BYTES = 5,
    FIRST_BLOCK = 2,
    LAST_BLOCK = 0xFFFF,
    LEAST_READ = 2,       // AN2662 Rev 1, Section 4.4.1
    WRITE_MOST_MS = 5000, // no block takes so long
    SET_MOST_MS = 2000,
    DOING_BYTES = 48,
};

static int command(struct dfuse *dfuse, uint8_t code, uint32_t address, unsigned most_ms,
                   const char *doing, struct problem *problem)
{
    const uint8_t bytes[COMMAND_BYTES] = {code, (uint8_t)address, (uint8_t)(address >> 8),
                                          (uint8_t)(address >> 16), (uint8_t)(address >> 24)};
    const struct dfu_download download = {
        .doing = doing, .bytes = bytes, .size = sizeof bytes, .most_ms = most_ms, .again = true};

    dfuse->pointer_known = false;
    return dfu_download(&dfuse->link, &download, problem);
}

static int point_at(struct dfuse *dfuse, uint32_t address, const char *doing,
                    struct problem *problem)
{
    if (dfuse->pointer_known && dfuse->pointer == address) {
        return 0;
    }
    int error = command(dfuse, SET_ADDRESS, address, SET_MOST_MS, doing, problem);
    dfuse->pointer = address;
    dfuse->pointer_known = error == 0;
    return error;
}

// Whether a whole block at `address` has a number behind `pointer`.
static bool has_number(const struct dfuse *dfuse, uint32_t pointer, uint32_t address)
{
    uint32_t offset = address - pointer;

    return address >= pointer && offset % dfuse->transfer_bytes == 0 &&
           offset / dfuse->transfer_bytes <= LAST_BLOCK - FIRST_BLOCK;
}

// The run of flash that all of [address, address + size) is in; NULL if there is none.
static const struct memory_run *run_of(const struct dfuse *dfuse, uint32_t address, uint32_t size)
{
    for (unsigned i = 0; i < dfuse->flash.count; i++) {
        const struct memory_run *run = &dfuse->flash.runs[i];
        uint32_t offset = address - run->start, bytes = run->count * run->size;
        if (address >= run->start && offset < bytes && bytes - offset >= size) {
            return run;
        }
    }
    return NULL;
}

// Sees to it that the pointer fits, and finds the number. Of whole blocks of the flash all have one
// behind its start.
static int locate(struct dfuse *dfuse, uint32_t address, uint32_t size, const char *doing,
                  uint16_t *block, struct problem *problem)
{
    bool counts = size == dfuse->transfer_bytes;
    uint32_t start = dfuse->flash.count ? dfuse->flash.runs[0].start : address;
    uint32_t pointer = counts && has_number(dfuse, start, address) ? start : address;

    if (dfuse->pointer_known &&
        (dfuse->pointer == address || (counts && has_number(dfuse, dfuse->pointer, address)))) {
        pointer = dfuse->pointer;
    }
    int error = point_at(dfuse, pointer, doing, problem);
    *block = (uint16_t)(FIRST_BLOCK + (address - pointer) / dfuse->transfer_bytes);
    return error;
}

static int fetch(struct dfuse *dfuse, uint32_t address, uint32_t size, uint8_t *bytes,
                 struct problem *problem)
{
    char doing[DOING_BYTES];
    uint16_t block;

    snprintf(doing, sizeof doing, "read at 0x%08X", (unsigned)address);
    int error = locate(dfuse, address, size, doing, &block, problem);
    return error ? error : dfu_upload(&dfuse->link, doing, block, bytes, size, problem);
}

// A part of a block of the flash comes with all of it, which needs no address of its own.
int dfuse_read(struct dfuse *dfuse, uint32_t address, uint32_t size, uint8_t *bytes,
               struct problem *problem)
{
    uint32_t whole = dfuse->transfer_bytes, from = address, most = size;
    bool at_pointer = dfuse->pointer_known && dfuse->pointer == address;

    if (size == dfuse->block_bytes) {
        return fetch(dfuse, address, size, bytes, problem);
    }
    if (dfuse->flash.count && whole == dfuse->block_bytes && !at_pointer) {
        from -= (address - dfuse->flash.runs[0].start) % whole;
        most = whole;
    }
    if (address - from + size > most || !run_of(dfuse, from, most)) {
        from = address - address % LEAST_READ;
        most = address - from + size;
        most += most % LEAST_READ;
    }
    int error = fetch(dfuse, from, most, dfuse->scratch, problem);
    if (error == 0) {
        memcpy(bytes, dfuse->scratch + (address - from), size);
    }
    return error;
}

int dfuse_write(struct dfuse *dfuse, uint32_t address, uint32_t size, const uint8_t *bytes,
                struct problem *problem)
{
    char doing[DOING_BYTES];
    uint16_t block;

    snprintf(doing, sizeof doing, "write at 0x%08X", (unsigned)address);
    int error = locate(dfuse, address, size, doing, &block, problem);
    const struct dfu_download download = {
        .doing = doing, .block = block, .bytes = bytes, .size = size, .most_ms = WRITE_MOST_MS};
    return error ? error : dfu_download(&dfuse->link, &download, problem);
}

int dfuse_erase(struct dfuse *dfuse, uint32_t address, unsigned most_ms, struct problem *problem)
{
    char doing[DOING_BYTES];
    bool is_there = dfuse->pointer_known && dfuse->pointer == address;

    snprintf(doing, sizeof doing, "erase at 0x%08X", (unsigned)address);
    int error = command(dfuse, ERASE, address, most_ms, doing, problem);
    dfuse->pointer_known = is_there && error == 0; // whether it moves or not
    return error;
}

// What came of a block behind which the chip resets: silence is none of a problem.
static int reset_by(struct dfuse *dfuse, int error)
{
    if (error == EXIT_REFUSED && !dfuse->link.lost) {
        return error;
    }
    dfuse->link.lost = true;
    return 0;
}

int dfuse_write_options(struct dfuse *dfuse, uint32_t address, uint32_t size, const uint8_t *bytes,
                        struct problem *problem)
{
    char doing[DOING_BYTES];
    const struct dfu_download download = {.doing = doing,
                                          .block = FIRST_BLOCK,
                                          .bytes = bytes,
                                          .size = size,
                                          .most_ms = WRITE_MOST_MS};

    snprintf(doing, sizeof doing, "write of option bytes at 0x%08X", (unsigned)address);
    dfuse->pointer_known = false;
    int error = point_at(dfuse, address, doing, problem);
    return error ? error : reset_by(dfuse, dfu_download(&dfuse->link, &download, problem));
}

int dfuse_unprotect(struct dfuse *dfuse, unsigned most_ms, struct problem *problem)
{
    const uint8_t code = READ_UNPROTECT;
    const struct dfu_download download = {
        .doing = "Read Unprotect", .bytes = &code, .size = 1, .most_ms = most_ms};

    dfuse->pointer_known = false;
    return reset_by(dfuse, dfu_download(&dfuse->link, &download, problem));
}

int dfuse_go(struct dfuse *dfuse, uint32_t address, struct problem *problem)
{
    char doing[DOING_BYTES];

    snprintf(doing, sizeof doing, "go at 0x%08X", (unsigned)address);
    int error = point_at(dfuse, address, doing, problem);
    return error ? error : dfu_leave(&dfuse->link, doing, problem);
}
