// memory_bootloader.h: a bootloader without protocol or line: the chip is a piece of memory.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_MEMORY_BOOTLOADER_H
#define BOOTLEAP_TESTS_MEMORY_BOOTLOADER_H

#include "bootloader.h"
#include "devices.h"

#include <stdbool.h>

enum { IDENTIFIES = 256 };

enum memory_call { CALL_IDENTIFY, CALL_READ, CALL_WRITE, CALL_ERASE, CALL_GO, CALL_CLOSE, CALLS };

// What is in flash after a write that was not acknowledged.
enum memory_loss { LOSS_OF_ALL, LOSS_OF_HALF, LOSS_OF_ANSWER };

struct memory_bootloader {
    struct bootloader base; // first: the two have the same address
    const struct device *device;
    uint8_t *flash;
    uint8_t rom_id; // what lies at the device's rom_id_address
    bool *erased;   // by page, in the order of addresses
    size_t calls[CALLS];
    uint32_t written_last, written_last_bytes; // of the last write
    unsigned erased_first;                     // page that was erased first,
    size_t erased_with;                        // and how many with it
    size_t reads_among; // reads with a write before and another one after them
    enum memory_call fails;
    size_t fails_at;    // the call of that kind that fails, from 1 on; 0: none
    size_t fails_until; // and the ones behind it, up to this one
    int fails_with;
    enum memory_loss loses; // what becomes of a write that fails
    // How each of the first calls of identify was made, and whether the chip answers it.
    unsigned window_ms[IDENTIFIES];
    unsigned recovery[IDENTIFIES];
    unsigned silent;      // identify finds nobody so many times
    uint32_t flip;        // the next write to this address leaves one bit wrong; 0: none
    bool flips_always;    // each write to it does
    bool hides_id;        // it refuses to read the unique id
    size_t lies_at;       // the first byte of this read arrives wrong; 0: of none
    size_t reads_pending; // since the last write
};

// Its flash holds 0xA5, which is not the erased value of any device. Erasing a page that does not
// exist, writing what is not erased, and more at once than it takes fail the test.
void memory_bootloader_open(struct memory_bootloader *memory, const struct device *device,
                            uint32_t block_bytes, unsigned erase_pages);

void memory_bootloader_free(struct memory_bootloader *memory);

#endif
