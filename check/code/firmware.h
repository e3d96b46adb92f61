// firmware.h: an ELF that is open for checking: its bytes, its scan, its functions and their names.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FIRMWARE_H
#define BOOTLEAP_CHECK_FIRMWARE_H

#include "code_map.h"
#include "code_scan.h"
#include "image.h"
#include "image_symbols.h"
#include "instruction.h"

struct decoder; // instructions that were read already

struct firmware {
    const char *path;
    struct image image; // its symbols, and what common/ says of the file
    struct elf_file file;
    uint8_t *bytes;
    struct code_map map;
    struct code_scan scan;
    uint32_t *starts; // of functions: symbols, vectors and targets of BL, sorted
    size_t start_count;
    bool has_vectors;
    uint32_t vectors;           // address of the vector table that a reset takes
    uint32_t initial_sp, reset; // its first two words; the Thumb bit is taken off
    unsigned vector_count;      // words that look like a handler or 0, from the first on
    struct decoder *decoder;
};

// Opens the file: an ELF for a Cortex-M with code. Returns 0, or the exit code that was put into
// *problem, and then *firmware needs no closing.
int firmware_open(struct firmware *firmware, const char *path, struct problem *problem);

// The same of bytes that malloc() gave, and that are the firmware's from then on, also after a
// problem. `path` is for messages.
int firmware_open_bytes(struct firmware *firmware, const char *path, uint8_t *bytes, size_t size,
                        struct problem *problem);

void firmware_close(struct firmware *firmware);

// The start of the function that holds `address`; false where none begins before it.
bool firmware_function(const struct firmware *firmware, uint32_t address, uint32_t *start);

// As people read it: "jump_to_rom+0x12"; "sub_08001234+0x12" in a stripped file.
void firmware_place(const struct firmware *firmware, uint32_t address, char place[IMAGE_NAME_ROOM]);

// The name of the function alone.
void firmware_name(const struct firmware *firmware, uint32_t address, char name[IMAGE_NAME_ROOM]);

// The handler with this number in the vector table, 1 is Reset; false: none, or no code is there.
bool firmware_handler(const struct firmware *firmware, unsigned exception, uint32_t *address);

// The instruction at `address`, which is read once and kept; NULL: there is none.
const struct instruction *firmware_instruction(const struct firmware *firmware, uint32_t address);

// How many instructions were read.
size_t firmware_instruction_count(const struct firmware *firmware);

#endif
