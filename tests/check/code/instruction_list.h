// instruction_list.h: instructions to execute: those of ELFs, and some made by chance.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_INSTRUCTION_LIST_H
#define BOOTLEAP_TESTS_INSTRUCTION_LIST_H

#include <stddef.h>
#include <stdint.h>

enum { INSTRUCTION_LIST = 40000 };

// Each is there once, with its first halfword in the upper half; NOP follows one of 16 bits. Only
// those that move numbers, and of which the architecture says what they do.
struct instruction_list {
    uint32_t codes[INSTRUCTION_LIST];
    size_t count;
};

// Adds the instructions of an ELF; ends the test where it cannot be opened.
void instruction_list_add_elf(struct instruction_list *list, const char *path);

// Adds some of `tries` pairs of halfwords.
void instruction_list_add_any(struct instruction_list *list, unsigned tries);

// Takes out what is there twice.
void instruction_list_sort(struct instruction_list *list);

#endif
