// devices_interrupts.h: interrupt lines of blocks, pins that EXTI selects, requests that DMA takes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICES_INTERRUPTS_H
#define BOOTLEAP_COMMON_DEVICES_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>

// The lines in the NVIC of a block that drives several.
struct block_lines {
    const char *name;     // of the peripheral, "DMA1"
    const int16_t *lines; // one for each of its channels, ended by -1
};

struct exti {
    uint32_t start, size; // 0: unknown
    // The register that says of which port a pin drives lines 0 to 3, that of lines 4 to 7 behind
    // it and so on; 0: unknown. A line has `select_bits` bits, 4 or 8.
    uint32_t select;
    unsigned select_bits;
    const char *ports; // letters of the ports in the order of the values
};

// The bits that choose the request of a channel, with n from 0 on: (word at
// address + n * stride) >> (shift + n * shift_stride) & mask.
struct dma_selector {
    const char *dma; // "DMA1"
    uint32_t address;
    uint32_t stride;
    uint8_t shift, shift_stride;
    uint32_t mask;
};

struct dma_request {
    const char *dma;
    int channel;            // as ST counts them; -1: each of them
    int request;            // what the selector has to hold; -1: there is none
    const char *peripheral; // who asks, "USART1"
    bool receives;          // it has received something; false: it has room to send something
    // It comes there only while (word at address & mask) == value.
    uint32_t address, mask, value;
};

#endif
