// interrupt_names.h: names of interrupts and other exceptions, and which block raises them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_INTERRUPT_NAMES_H
#define BOOTLEAP_SIM_INTERRUPT_NAMES_H

#include "chip_state.h"
#include "image.h"
#include "register_names.h"

// The block that raises this interrupt, NULL where none that is modelled does.
const struct block *interrupt_block(const struct chip *chip, unsigned interrupt);
// The next one behind `after` that raises it; NULL: the first.
const struct block *interrupt_block_next(const struct chip *chip, unsigned interrupt,
                                         const struct block *after);

// "interrupt 37 (USART1)": by the peripheral, or by the handler where the image has one for it
// alone; else "interrupt 37". `image` may be NULL.
void interrupt_name(const struct chip *chip, const struct image *image, unsigned interrupt,
                    char name[REGISTER_NAME_ROOM]);

// "SysTick", "HardFault", "interrupt 37 (USART1)", by the exception's number. `image` may be NULL.
void exception_name(const struct chip *chip, const struct image *image, unsigned number,
                    char name[REGISTER_NAME_ROOM]);

#endif
