// loads.h: what a loop loads.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_LOADS_H
#define BOOTLEAP_SIM_LOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOADS_MOST = 16 };

// A load from elsewhere than flash and the stack. Bits are those of `value`: of a byte 8.
struct load {
    uint32_t pc, address, value;
    unsigned size; // bytes
    // A branch was taken, or not, by these bits of it. 0: none was seen.
    uint32_t mask;
    uint32_t with; // what they were compared with
    bool by_size;  // a branch was decided by how large it is
    int depth;     // of that branch: calls that had been made since the round began
    bool stays;    // the round goes on both ways
    bool several;  // several branches ask for different bits: `with` says nothing
};

// How likely its branch is one that ends the loop: the less, the more so.
int load_rank(const struct load *load);

struct loads {
    struct load list[LOADS_MOST];
    size_t count;
};

#endif
