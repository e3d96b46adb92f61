// image.h: a firmware file as a sorted list of (address, bytes), whatever its format.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_IMAGE_H
#define BOOTLEAP_COMMON_IMAGE_H

#include "devices.h"
#include "printf_format.h"
#include "problem.h"
#include "uf2_families.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum image_format {
    IMAGE_ELF,
    IMAGE_HEX,  // Intel HEX
    IMAGE_SREC, // Motorola S-records
    IMAGE_DFUSE,
    IMAGE_UF2,
    IMAGE_BINARY,
};

// What `bootleap flash --json` calls it: "srec".
const char *image_format_name(enum image_format format);

// Bytes that follow each other. Segments of an image are sorted by address and never
// overlap or touch: neighbours are joined.
struct segment {
    uint32_t address;
    uint32_t size;
    uint8_t *bytes;
};

enum symbol_kind {
    SYMBOL_DATA,     // or a number of the linker script
    SYMBOL_FUNCTION, // its type says so
    SYMBOL_LABEL,    // a place in a section of code, without a type
};

// A name of the ELF's symbol table. The Thumb bit is taken off the address.
struct symbol {
    char *name;
    uint32_t address;
    uint32_t size; // 0 where the file does not tell
    enum symbol_kind kind;
    bool weak;
    uint32_t room; // of a function or a label: bytes to the end of its section
};

// What a file says that does not say for which architecture it was built.
enum { IMAGE_ANY_ARCHITECTURE = 0 };

// What the user should hear of a file that is read all the same. Few: what there is more of is left
// out, and the last note says so.
enum { IMAGE_NOTES = 8 };

struct image_note {
    char text[240]; // a sentence without its full stop
};

struct image {
    enum image_format format;
    bool text;                           // a raw binary whose bytes are those of a text
    unsigned architecture;               // Tag_CPU_arch of the ELF's build attributes
    char profile;                        // ... Tag_CPU_arch_profile, 'M'; 0: it does not say
    const struct uf2_family *uf2_family; // that a UF2 file is for; NULL: it does not say
    struct segment *segments;
    size_t count;
    struct symbol *symbols; // ELF only
    size_t symbol_count;
    struct image_note notes[IMAGE_NOTES];
    size_t note_count;
};

// Adds a note from a printf format.
void image_note(struct image *image, const char *format, ...) PRINTF_FORMAT(2, 3);

// Reads `path`. Its content tells the format: ELF, Intel HEX, S-records, DfuSe, UF2, else raw
// binary, which is placed at `binary_address`. A DFU suffix is checked and cut off. Of an ELF the
// bytes of its sections are read, at their load (physical) address: its headers and the gaps
// between sections are no data. Refuses a file that cannot be read or is empty, that is not for an
// STM32, that is damaged or cut short in a way that its format tells, and a byte that is there
// twice with different values. Returns 0, or the exit code that was put into *problem, and then
// *image needs no closing.
int image_open(struct image *image, const char *path, uint32_t binary_address,
               struct problem *problem);

void image_close(struct image *image);

// The address behind its last byte.
uint64_t image_segment_end(const struct segment *segment);

// Refuses an image that was built for an architecture which this device's core lacks. An
// image that does not say passes. Returns 0, or the exit code that was put into *problem.
int image_check_core(const struct image *image, const struct device *device,
                     struct problem *problem);

// The architecture that the file names, where this core lacks nothing of it but an extension: the
// DSP instructions and the FPU that Armv7E-M adds to Armv7-M. An attribute is that of the whole
// file, and one source file with another .cpu raises it, so the code may still run. NULL: none.
const char *image_names_extension(const struct image *image, const struct device *device);

// The symbol called `name`, or NULL.
const struct symbol *image_symbol(const struct image *image, const char *name);

// Copies what the image holds of [address, address + size) into `bytes`, leaves the rest
// of `bytes` as it is, and returns how many bytes the image holds there.
uint32_t image_read(const struct image *image, uint32_t address, uint32_t size, uint8_t *bytes);

#endif
