// names.h: names of interrupts, exceptions and variables, for sentences.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NAMES_H
#define BOOTLEAP_SIM_NAMES_H

#include "chip.h"
#include "image.h"

#include <stdint.h>

enum { NAME_ROOM = 64 }; // as REGISTER_NAME_ROOM

// "IRQ 37 (USART1)": by the peripheral, or by the handler where the image has one for it alone.
void name_interrupt(struct chip *chip, const struct image *image, unsigned interrupt,
                    char name[NAME_ROOM]);

// "SysTick", "HardFault", or as above: of an exception.
void name_exception(struct chip *chip, const struct image *image, unsigned number,
                    char name[NAME_ROOM]);

// "uwTick (0x20000010)", or the address alone; `image` may be NULL.
void name_variable(const struct image *image, uint32_t address, char name[NAME_ROOM]);

// The block whose interrupt this is, NULL where none that is modelled drives the line.
const struct block *interrupt_block(const struct chip *chip, unsigned interrupt);

#endif
