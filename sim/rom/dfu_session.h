// dfu_session.h: what the ROM's USB device remembers while it is plugged in.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_SESSION_H
#define BOOTLEAP_SIM_DFU_SESSION_H

#include "dfu_descriptors.h"
#include "rom_state.h"
#include "usb.h"

// DFU 1.1, Section 6.1.2.
enum dfu_state {
    DFU_IDLE = 2,
    DFU_DNLOAD_SYNC,
    DFU_DNBUSY,
    DFU_DNLOAD_IDLE,
    DFU_MANIFEST_SYNC,
    DFU_MANIFEST,
    DFU_MANIFEST_WAIT_RESET,
    DFU_UPLOAD_IDLE,
    DFU_ERROR,
};

// The same section; those that a ROM has a use for.
enum dfu_status {
    DFU_OK,
    DFU_ERR_TARGET,
    DFU_ERR_WRITE = 3,
    DFU_ERR_ERASE = 4,
    DFU_ERR_FIRMWARE = 10,
    DFU_ERR_VENDOR = 11,
    DFU_ERR_UNKNOWN = 14,
    DFU_ERR_STALLED = 15,
};

// What the device does when the answer to the host has gone.
enum dfu_next { DFU_STAYS, DFU_LEAVES, DFU_RESETS };

// How long a command takes: what the device says, and what it takes beyond that.
struct dfu_time {
    unsigned told_ms, more_ms;
};

struct dfu_session {
    struct rom *rom;
    struct usb_device device;
    struct dfu_descriptors descriptors;
    enum dfu_state state;
    enum dfu_status status;
    unsigned alternate;   // the setting that the host has chosen
    uint32_t pointer;     // the address that Set Address Pointer gave
    uint16_t block;       // wValue of the last DNLOAD,
    uint16_t length;      // and how many bytes came with it: carried out by the next GETSTATUS
    enum dfu_status done; // what came of it
    uint64_t told_until;  // in milliseconds of the host's clock: it says that it is busy,
    uint64_t busy_until;  // and it is
    bool stuck;           // busy until CLRSTATUS, whatever it has told
    enum dfu_next next;
    uint8_t data[USB_DATA_MOST];
};

#endif
