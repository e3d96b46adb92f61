// elf_build.h: makes small ELF files for tests.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_ELF_BUILD_H
#define BOOTLEAP_TESTS_ELF_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A section, and a segment of its own.
struct elf_part {
    const char *name;
    uint32_t address, load_address;
    bool is_code, in_no_file; // ...: like .bss
    const void *bytes;
    uint32_t size;
};

// A function of the symbol table.
struct elf_function {
    const char *name;
    uint32_t address, size;
};

struct elf_plan {
    const struct elf_part *parts;         // terminated by name NULL
    const struct elf_function *functions; // terminated by name NULL; NULL: no symbol table
    uint8_t architecture;                 // Tag_CPU_arch; 0: no attributes
    char profile;
    uint8_t type; // 0: executable
    bool without_sections;
};

// The bytes of the file, which free() frees; how many goes to *size.
uint8_t *elf_build(const struct elf_plan *plan, size_t *size);

#endif
