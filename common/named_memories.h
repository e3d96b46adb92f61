// named_memories.h: what lies beside the flash of a chip, as users call it.
// SPDX-License-Identifier: MIT
//
// named_memories.c is generated from devices/memories/named.toml, which names the sources.
#ifndef BOOTLEAP_COMMON_NAMED_MEMORIES_H
#define BOOTLEAP_COMMON_NAMED_MEMORIES_H

#include <stdint.h>

struct named_memory {
    const char *series; // struct device's; "": any
    uint32_t start, size;
    const char *name; // "option bytes"
};

// The first one that holds an address counts. Terminated by name NULL.
extern const struct named_memory named_memories[];

#endif
