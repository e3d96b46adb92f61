// bus_words.h: the address decoder of peripheral space: whole words, as registers keep them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BUS_WORDS_H
#define BOOTLEAP_SIM_BUS_WORDS_H

#include "chip_state.h"

// Registers a region, which must overlap no other. False if there is no room.
bool bus_add(struct bus *bus, const struct bus_region *region);

// An access to the word at `address`, of which the core drives the bits of `lanes`. What the row
// says of bits is not looked at.
uint32_t bus_words_read(struct chip *chip, uint32_t address);
void bus_words_write(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes);

// What the register at `address` keeps, whatever its clock; nobody notices. Bits that hardware
// shows there without keeping them are left out.
uint32_t bus_kept(const struct chip *chip, uint32_t address);
// Hardware changes the bits of `mask` there.
void bus_keep(struct chip *chip, uint32_t address, uint32_t mask, uint32_t bits);
// Gives the register at `address` a value without being the core. False where none is modelled.
bool bus_poke(struct chip *chip, uint32_t address, uint32_t value);
// Whether a modelled register is at `address`, the core's own not counted.
bool bus_has(const struct chip *chip, uint32_t address);

#endif
