// dfu_transfer.h: data to and from a DFU device, one block each, until the device is done with it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DFU_TRANSFER_H
#define BOOTLEAP_HOST_DFU_TRANSFER_H

#include "dfu_link.h"

// Bytes that go to the device, as block `block`.
struct dfu_download {
    const char *doing; // for messages, "erase at 0x08000000"
    uint16_t block;
    const uint8_t *bytes;
    unsigned size;
    unsigned most_ms; // nothing takes longer
    bool again;       // it may be carried out twice
};

// Sends it, and waits as long as the device says. Problems: those of dfu_link.h. After EXIT_FAILED
// nobody knows whether it was carried out. With `again`, a device that never says that it is done
// is freed, as those with this defect need it, and that is no problem.
int dfu_download(struct dfu_link *link, const struct dfu_download *download,
                 struct problem *problem);

// Reads exactly `size` bytes of block `block`.
int dfu_upload(struct dfu_link *link, const char *doing, uint16_t block, uint8_t *bytes,
               unsigned size, struct problem *problem);

// Has the device leave. It may be gone before it has said that it does. The link is lost after
// that, which is no problem.
int dfu_leave(struct dfu_link *link, const char *doing, struct problem *problem);

#endif
