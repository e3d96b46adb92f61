// elf_example.h: a sound ELF file for tests to damage.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_ELF_EXAMPLE_H
#define BOOTLEAP_TESTS_ELF_EXAMPLE_H

#include "image.h"

#include <elf.h>
#include <stddef.h>

// Code at 0x08000000, initial values that are loaded behind it and live in RAM, a segment with
// nothing in the file, and symbols. Section headers stand last, as linkers write them.
enum { SYMBOLS = 1, STRINGS, TEXT, DATA, BSS, SECTIONS };

struct file {
    Elf32_Ehdr header;
    Elf32_Phdr segments[3];
    uint8_t code[16], values[4];
    Elf32_Sym symbols[6];
    char names[40];
    Elf32_Shdr sections[SECTIONS];
};

struct file elf_example(void);

// Opens `size` bytes as if they were a file, with a raw binary at address 0.
int elf_example_open(struct image *image, const void *bytes, size_t size, struct problem *problem);

// That this file is refused with `why` in the message.
void elf_example_assert_refused(const struct file *file, const char *why);

#endif
