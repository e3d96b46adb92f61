// device_typed.h: what a name that people type says of the part, and which patterns it fits.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICE_TYPED_H
#define BOOTLEAP_COMMON_DEVICE_TYPED_H

#include <stdbool.h>
#include <stddef.h>

enum { DEVICE_NAME_BYTES = 48 };

// The name of the part that people mean: g474 and NUCLEO-G474RE are STM32g474 and STM32G474RE. In
// the name of a board that is no NUCLEO, the flash size follows the line: STM32F429I-DISCO is
// STM32F429xI. What is longer is cut.
void device_typed_name(const char *name, char typed[DEVICE_NAME_BYTES]);

// Whether this is the name of a board that does not tell the package: B-L475E-IOT01A,
// STM32F746G-DISCO, STM32F429I-DISC1. A NUCLEO tells the whole code.
bool device_is_board(const char *name);

// Whether a letter of a name fits one of a macro, or of a pattern of ordering codes: x stands for
// any letter or digit, and the case does not matter.
bool device_letter_fits(char pattern, char letter);

// STM32H723ZGT6 fits STM32H723xx, and so does STM32H723. Returns how many letters of the pattern
// are in the name as they stand: the more, the better it fits; 0 if it does not.
size_t device_pattern_fits(const char *name, const char *pattern);

// Whether two names are the same, whatever the case of their letters.
bool device_same_name(const char *a, const char *b);

// Whether a name begins so, whatever the case of its letters.
bool device_name_begins(const char *name, const char *prefix);

#endif
