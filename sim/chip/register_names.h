// register_names.h: what the documents of Arm and ST call a register of this chip, and its bits.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_REGISTER_NAMES_H
#define BOOTLEAP_SIM_REGISTER_NAMES_H

#include "chip_state.h"

enum {
    REGISTER_NAME_ROOM = 64,
    REGISTER_BITS_ROOM = 160,
    REGISTER_TEXT_ROOM = REGISTER_NAME_ROOM + REGISTER_BITS_ROOM,
    // Registers of the core that are on no bus, where an address is asked for: this plus the number
    // that MRS and MSR give them (SYSm: Armv7-M ARM, B5.2.1).
    REGISTER_SPECIAL = -256,
    SPECIAL_MSP = 8,
    SPECIAL_PSP = 9,
    SPECIAL_MSPLIM = 10,
    SPECIAL_PSPLIM = 11,
    SPECIAL_PRIMASK = 16,
    SPECIAL_BASEPRI = 17,
    SPECIAL_FAULTMASK = 19,
    SPECIAL_CONTROL = 20,
};

// The address that stands for a register of the core, by its SPECIAL_ number.
uint32_t register_special(unsigned number);

// "SYST_CSR", "RCC_CR", "GPIOA_MODER"; where only the block is known, its name and the offset,
// "TIM2 + 0x0C"; where nothing is, the address, "0x40010000".
void register_name(const struct chip *chip, uint32_t address, char name[REGISTER_NAME_ROOM]);

// The names of these bits of the register, as "HSEON, PLLON"; those that nobody has named by their
// numbers, "bit 5, bit 13", more than four of them as a mask, "bits 0x00000FFF". "" for no bits.
void register_bit_names(const struct chip *chip, uint32_t address, uint32_t bits,
                        char text[REGISTER_BITS_ROOM]);

// Both: "SYST_CSR.ENABLE"; of several bits "RCC_CR (HSEON, PLLON)"; without bits, or where no name
// is found for one, the register alone.
void register_and_bit_names(const struct chip *chip, uint32_t address, uint32_t bits,
                            char text[REGISTER_TEXT_ROOM]);

// Whether such a text is a single name, which may stand behind that of the register and a dot.
bool register_bits_are_one_name(const char *text);

#endif
