// chip.h: one virtual STM32: its device row, core, memory, bus and IP blocks as one.
// SPDX-License-Identifier: MIT
//
// For those above the chip: it brings all that can be done with one. The chip's own files include
// what they need.
#ifndef BOOTLEAP_SIM_CHIP_H
#define BOOTLEAP_SIM_CHIP_H

#include "block.h"
#include "bus.h"
#include "chip_core.h"
#include "chip_memory.h"
#include "chip_reset.h"
#include "chip_run.h"
#include "chip_spare.h"
#include "chip_sprint.h"
#include "chip_state.h"
#include "exceptions.h"
#include "flash_latency.h"
#include "nvic.h"
#include "observer.h"
#include "option_bits.h"
#include "option_bytes.h"
#include "problem.h"
#include "store_path.h"
#include "system_clock.h"

// Finds the type of a block, NULL: the chip has no model of it.
typedef const struct block_type *chip_block_types(enum block_kind kind);

// Makes a chip that has no power yet. `seed` decides what its RAM holds after power-on.
int chip_open(struct chip *chip, const struct device *device, chip_block_types *types,
              struct journal *journal, uint32_t seed, struct problem *problem);
void chip_close(struct chip *chip);

// The same with what another chip has left, if that is of the same row and has the same code; what
// is not used is gone. NULL: nothing is left.
int chip_open_from(struct chip_spare *spare, struct chip *chip, const struct device *device,
                   chip_block_types *types, struct journal *journal, uint32_t seed,
                   struct problem *problem);

// Whether a ROM that looks finds the BOOT0 pin high.
bool chip_boot0_is_high(const struct chip *chip);

#endif
