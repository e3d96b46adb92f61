// write_buffer.h: the one unit that a RAM with an error code holds back until it is complete.
// SPDX-License-Identifier: MIT
//
// A RAM that keeps an error code for each unit of some bytes writes whole units only. A
// narrower store waits in a buffer until the unit is complete or another unit is written, and
// a reset loses what waits (ST community article 49291, "STM32H7 ECC RAM"). The core sees its
// own stores at once, so RAM holds the new content and this is how to take it back.
//
// One RAM was seen to lose even a whole unit (Klipper3d/klipper#5892: a flag of 64 bits in the DTCM
// of an H723 survives if it is written twice, or if time passes before the reset). It holds every
// unit back until the next store; that time is enough for it is not modelled.
#ifndef BOOTLEAP_SIM_WRITE_BUFFER_H
#define BOOTLEAP_SIM_WRITE_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

enum { WRITE_BUFFER_LARGEST = 16 };

struct write_buffer {
    uint8_t *ram; // what the core sees
    uint32_t ram_bytes;
    unsigned unit_bytes; // 0: this RAM has no error code and the buffer does nothing
    bool loses_last;     // a whole unit waits too, until something else is written
    bool waiting;
    uint32_t unit;        // offset of the unit that waits
    uint64_t instruction; // that wrote last, and what it wrote of which unit
    uint32_t at_once, at_once_unit;
    uint32_t written;                     // one bit a byte of it
    uint8_t before[WRITE_BUFFER_LARGEST]; // what RAM really holds there
};

// Before a store of `size` bytes at `offset` of the RAM. Stores with the same `instruction` are
// parts of one access: an STRD that is handed over as two words is still a whole unit.
void write_buffer_store(struct write_buffer *buffer, uint32_t offset, unsigned size,
                        uint64_t instruction);
// What waits reaches RAM: something else was written.
void write_buffer_flush(struct write_buffer *buffer);
// What waits is lost: RAM gets back what it holds. To be called at a reset.
void write_buffer_lose(struct write_buffer *buffer);

#endif
