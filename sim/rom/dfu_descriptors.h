// dfu_descriptors.h: what the ROM's USB device says of itself: descriptors and strings.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_DFU_DESCRIPTORS_H
#define BOOTLEAP_SIM_DFU_DESCRIPTORS_H

#include "rom_state.h"

enum {
    DFU_ALTERNATES = 6, // memories at most
    DFU_TEXT = 160,     // bytes of a memory's string
    DFU_SERIAL = 16,
    DFU_STRINGS = 8 + DFU_ALTERNATES,
    DFU_CONFIGURATION = 9 + 9 * DFU_ALTERNATES + 9,
};

// What struct usb_device points to. It stays where it is while the device is plugged in.
struct dfu_descriptors {
    uint8_t device[18];
    uint8_t configuration[DFU_CONFIGURATION];
    char serial[DFU_SERIAL];
    char memories[DFU_ALTERNATES][DFU_TEXT];
    unsigned alternates;
    const char *strings[DFU_STRINGS + 1];
};

// Writes all of it as this version of the ROM has it on this chip.
void dfu_descriptors_fill(struct dfu_descriptors *descriptors, const struct rom *rom);

#endif
