// image_symbols.h: which function of an image's symbol table an address belongs to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_SYMBOLS_H
#define BOOTLEAP_COMMON_IMAGE_SYMBOLS_H

#include "image.h"

enum { IMAGE_NAME_ROOM = 128 };

// The function that covers `address`, NULL if none does. A function whose size the file does not
// tell, as hand-written assembly may have it, ends at the next one, at the latest with its section.
// Of several that begin at one address, as the handlers that share a default one, it is the one
// that is not weak. The Thumb bit of `address` does not matter.
const struct symbol *image_function_at(const struct image *image, uint32_t address);

// The name that the source code gives a function: without what compilers append to the name of a
// copy (".part.0", ".constprop.1"). A name that does not fit is cut.
void image_function_name(const struct symbol *symbol, char name[IMAGE_NAME_ROOM]);

// Where `address` is, as people read it: "HAL_Delay+0x12", "HAL_Delay" at its first instruction, or
// "0x08001234" where no function covers it.
void image_place(const struct image *image, uint32_t address, char place[IMAGE_NAME_ROOM]);

#endif
