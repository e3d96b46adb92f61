// fake_usb.h: a DFU device in memory, in place of the link to one: a chip's ROM, and its faults.
// SPDX-License-Identifier: MIT
//
// Whoever links it has no other USB device, and no other clock: waiting takes no time.
#ifndef BOOTLEAP_TESTS_FAKE_USB_H
#define BOOTLEAP_TESTS_FAKE_USB_H

#include "dfu.h"
#include "usb.h"

enum {
    FAKE_FLASH_BYTES = 0x40000,
    FAKE_AREAS = 4,
    FAKE_STRINGS = 8,
    FAKE_START = 0x08000000,
    FAKE_FORGED = 192
};

// What becomes of one transfer.
enum fake_fault {
    FAULT_NONE,
    FAULT_STALL,       // it is stalled, and the device knows nothing of it
    FAULT_LOST,        // it fails, and the device knows nothing of it
    FAULT_LOST_ANSWER, // it fails after the device has done it
    FAULT_TIMEOUT,     // nothing comes
    FAULT_SHORT,       // less comes than should
    FAULT_GONE,        // the device is gone from then on
    FAULTS
};

// Bytes that can be read beside the flash.
struct fake_area {
    uint32_t start, size;
    uint8_t bytes[0x200];
};

struct fake_usb {
    // What else is plugged in: devices that are only listed.
    const struct usb_found *others;
    size_t other_count;
    bool absent;       // the device itself is not
    bool may_not_open; // nobody may open anything
    bool is_busy;      // another program has its interface
    // What the device is like:
    const char *strings[FAKE_STRINGS]; // by number
    uint16_t transfer_bytes;
    uint32_t page_bytes;   // all pages have it
    uint8_t erased;        // value of an erased byte
    bool refuses_second;   // a unit of 8 bytes that is not erased cannot be written
    bool length_counts;    // a block is as long as what comes with it
    bool erase_moves;      // the pointer goes with an erase
    bool is_protected;     // reads and writes are refused
    unsigned polls;        // how often it says that it is busy
    uint32_t poll_ms;      // how long each time
    unsigned early_stalls; // so many requests for the status are stalled while it is busy
    bool sticks;           // it says so for ever after an erase, until two CLRSTATUS
    bool clear_breaks;     // it stalls CLRSTATUS outside of dfuERROR
    bool gone_before_status, gone_after_status; // when it leaves
    struct fake_area areas[FAKE_AREAS];
    // The transfer that goes wrong, from 1 on; 0: none.
    size_t fails_at;
    enum fake_fault fault;
    // One byte for each transfer, for fuzzing: below 128 nothing happens; then faults; from
    // FAKE_FORGED on, so many less bytes of the answer are the ones that follow.
    const uint8_t *edits;
    size_t edit_size;
    // What it holds:
    uint8_t state, status;
    bool gone, open;
    uint32_t pointer;
    uint8_t flash[FAKE_FLASH_BYTES];
    uint8_t pending[USB_TRANSFER_MOST];
    unsigned pending_size, pending_block, busy_left, stalls_left, clears;
    uint64_t busy_until;
    // What the tests look at:
    size_t transfers, early_polls, wrong_clears, addresses, erases, blocks, uploads;
    size_t started_by; // the block that brought the first word of the flash
    uint32_t left_at;  // where it has jumped to
    bool left;
    uint64_t now; // ms
};

// The one that usb_open opens and usb_list_each lists: as STM32F411xE with ROM V13.0, of whose
// flash the first part is there.
extern struct fake_usb fake;

void fake_usb_reset(void);

#endif
