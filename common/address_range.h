// address_range.h: "ADDR+LEN", a range of memory as a user writes it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_ADDRESS_RANGE_H
#define BOOTLEAP_COMMON_ADDRESS_RANGE_H

#include "problem.h"

#include <stdint.h>

// `size` bytes from `start` on; `size` is not 0, and the last byte is below 2^32.
struct address_range {
    uint32_t start, size;
};

// Reads "ADDR+LEN", decimal or 0x hexadecimal, LEN also with a "K" behind it; "ADDR:LEN", as
// stm32flash and dfu-util write it, is the same; `option`, "--keep", is for the message. Problem:
// EXIT_USAGE.
int address_range_parse(struct address_range *range, const char *option, const char *text,
                        struct problem *problem);

#endif
