// blocks.h: the models of IP blocks that the chip can have.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BLOCKS_H
#define BOOTLEAP_SIM_BLOCKS_H

#include "block.h"

// The type of a block of this kind.
const struct block_type *blocks_type(enum block_kind kind);

#endif
