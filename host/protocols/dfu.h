// dfu.h: the words of USB's Device Firmware Upgrade 1.1: requests, states, status.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DFU_H
#define BOOTLEAP_HOST_DFU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Section 3.
enum dfu_request {
    DFU_DETACH,
    DFU_DNLOAD,
    DFU_UPLOAD,
    DFU_GETSTATUS,
    DFU_CLRSTATUS,
    DFU_GETSTATE,
    DFU_ABORT,
};

// Section 6.1.2.
enum dfu_state {
    DFU_APP_IDLE,
    DFU_APP_DETACH,
    DFU_IDLE,
    DFU_DNLOAD_SYNC,
    DFU_DNBUSY,
    DFU_DNLOAD_IDLE,
    DFU_MANIFEST_SYNC,
    DFU_MANIFEST,
    DFU_MANIFEST_WAIT_RESET,
    DFU_UPLOAD_IDLE,
    DFU_ERROR,
    DFU_STATES,
};

enum { DFU_STATUS_BYTES = 6, DFU_OK = 0, DFU_STALLED_PACKET = 15 };

struct dfu_status {
    uint8_t status; // 0: all is well
    uint8_t state;  // enum dfu_state, if it is less than DFU_STATES
    uint32_t poll_ms;
};

// False where the answer to DFU_GETSTATUS is too short.
bool dfu_status_read(struct dfu_status *status, const uint8_t *bytes, size_t size);

// What a status means, "errTARGET: this address is not one for that".
const char *dfu_status_text(uint8_t status);

enum dfu_attribute {
    DFU_CAN_DOWNLOAD = 1,
    DFU_CAN_UPLOAD = 2,
    DFU_MANIFESTATION_TOLERANT = 4,
    DFU_WILL_DETACH = 8,
};

// The functional descriptor, Section 4.1.3.
struct dfu_functional {
    uint8_t attributes; // bits of enum dfu_attribute
    uint16_t detach_ms;
    uint16_t transfer_bytes; // most that one DFU_DNLOAD or DFU_UPLOAD carries
    uint16_t version;        // 0x011A: DfuSe
};

// Looks for it in the descriptors behind an interface's. False where it is not there.
bool dfu_functional_read(struct dfu_functional *functional, const uint8_t *bytes, size_t size);

#endif
