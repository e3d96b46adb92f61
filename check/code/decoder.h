// decoder.h: instructions of a program, each of which is read once.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_DECODER_H
#define BOOTLEAP_CHECK_DECODER_H

#include "code_map.h"
#include "instruction.h"

struct decoder;

// For a map that stays open. NULL: no memory on this computer.
struct decoder *decoder_open(const struct code_map *map);

void decoder_close(struct decoder *decoder);

// The instruction at `address`, which stays where it is until the decoder is closed. NULL: there is
// none, or no memory on this computer.
const struct instruction *decoder_read(struct decoder *decoder, uint32_t address);

// How many were read.
size_t decoder_count(const struct decoder *decoder);

#endif
