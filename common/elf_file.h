// elf_file.h: a 32-bit little-endian ELF file for ARM, of which nothing is believed unchecked.
// SPDX-License-Identifier: MIT
//
// Names and values: "Tool Interface Standard (TIS) Executable and Linking Format (ELF)
// Specification", version 1.2, and "ELF for the Arm Architecture" (AAELF32).
#ifndef BOOTLEAP_COMMON_ELF_FILE_H
#define BOOTLEAP_COMMON_ELF_FILE_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum elf_type { ELF_RELOCATABLE = 1, ELF_EXECUTABLE = 2, ELF_SHARED = 3, ELF_CORE = 4 };
enum elf_segment_type { ELF_LOAD = 1, ELF_INTERPRETER = 3 };
enum elf_segment_flag { ELF_EXECUTE = 1 };
enum elf_section_type {
    ELF_SYMBOLS = 2,
    ELF_STRINGS = 3,
    ELF_NOBITS = 8,
    ELF_ARM_ATTRIBUTES = 0x70000003,
};
enum elf_section_flag { ELF_ALLOC = 2, ELF_CODE = 4 };
// No linker makes more segments; each section looks through all of them.
enum { ELF_MOST_SEGMENTS = 4096 };
enum { ELF_HEADER_BYTES = 52, ELF_SEGMENT_BYTES = 32, ELF_SECTION_BYTES = 40 };

// An open file. Its tables lie inside `bytes`, which the caller keeps.
struct elf_file {
    const char *path; // for messages
    const uint8_t *bytes;
    size_t size;
    uint16_t type; // enum elf_type, or anything else
    uint32_t segment_offset, segment_count;
    uint32_t section_offset, section_count;
};

// A program header. Its bytes need not lie inside the file.
struct elf_segment {
    uint32_t type;
    uint32_t offset;       // of its bytes in the file
    uint32_t address;      // where the program sees it
    uint32_t load_address; // where it is put
    uint32_t file_size;    // bytes in the file
    uint32_t flags;
};

// A section header. Its bytes need not lie inside the file.
struct elf_section {
    uint32_t name; // for elf_file_section_name()
    uint32_t type, flags;
    uint32_t address;
    uint32_t offset, size;
    uint32_t link;
};

bool elf_file_matches(const uint8_t *bytes, size_t size);

// Refuses what is not for a 32-bit little-endian ARM, and a file that ends before its tables do.
// Returns 0, or the exit code that was put into *problem.
int elf_file_open(struct elf_file *file, const char *path, const uint8_t *bytes, size_t size,
                  struct problem *problem);

// Whether the file has `size` bytes from `offset` on.
bool elf_file_holds(const struct elf_file *file, uint32_t offset, uint32_t size);

// The header with this number, which must be below the file's count.
struct elf_segment elf_file_segment(const struct elf_file *file, uint32_t number);
struct elf_section elf_file_section(const struct elf_file *file, uint32_t number);

// The text at `offset` in the section of strings with this number. NULL if that is no section of
// strings, or if its last byte does not end a text.
const char *elf_file_text(const struct elf_file *file, uint32_t section, uint32_t offset);

// The name of a section, "" if the file does not tell.
const char *elf_file_section_name(const struct elf_file *file, const struct elf_section *section);

#endif
