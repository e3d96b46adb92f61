// unknown_reads.h: loads of bytes that are on the part and that nobody outside ST knows.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_UNKNOWN_READS_H
#define BOOTLEAP_SIM_UNKNOWN_READS_H

#include <stddef.h>
#include <stdint.h>

enum { UNKNOWN_READS = 8 };

// Those that came from different instructions, the first of each.
struct unknown_reads {
    struct {
        uint32_t address, pc;
    } list[UNKNOWN_READS];
    size_t count;
};

// The instruction at `pc` has loaded from `address`. Without effect where there is no room.
void unknown_reads_note(struct unknown_reads *reads, uint32_t address, uint32_t pc);

#endif
