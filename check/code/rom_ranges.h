// rom_ranges.h: where any device of the table has its system memory, or is taken to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_ROM_RANGES_H
#define BOOTLEAP_CHECK_ROM_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// `last` is inside.
struct rom_range {
    uint32_t first, last;
    bool also; // it is the ROM through another bus: its first number is one that programs are full
               // of
};

struct rom_ranges {
    struct rom_range *ranges; // sorted, without overlaps
    size_t count;
    uint8_t megabytes[4096 / 8]; // a bit for each that has a part of one
};

// False: no memory on this computer.
bool rom_ranges_open(struct rom_ranges *ranges);
void rom_ranges_close(struct rom_ranges *ranges);

// Whether a number from `first` to `last` is in a range.
bool rom_ranges_meet(const struct rom_ranges *ranges, uint32_t first, uint32_t last);

// The same, but for the first number of a ROM that is seen through another bus.
bool rom_ranges_tell(const struct rom_ranges *ranges, uint32_t first, uint32_t last);

// Whether the megabyte that holds `number` has a part of a range.
static inline bool rom_ranges_near(const struct rom_ranges *ranges, uint32_t number)
{
    return ranges->megabytes[number >> 23] >> (number >> 20 & 7) & 1;
}

#endif
