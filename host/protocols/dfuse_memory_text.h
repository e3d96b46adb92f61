// dfuse_memory_text.h: the memory that a string of a DFU device describes.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DFUSE_MEMORY_TEXT_H
#define BOOTLEAP_HOST_DFUSE_MEMORY_TEXT_H

#include "memory_map.h"

#include <stdbool.h>

// "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg" (UM0424 Rev 3, Section 4.3.2): a name,
// addresses, and behind each the pages from there on: how many, of how many bytes (B or a space),
// KB or MB, and what a host may do there: bits of a letter, a is readable, b erasable, d writable.
// Devices leave out the letter, or the unit before it, and the end of a string may be lost on its
// way: what is understood counts. False where that is not one page.
bool dfuse_memory_text(const char *text, struct memory_map *map);

#endif
