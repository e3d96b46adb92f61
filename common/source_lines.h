// source_lines.h: file, line and function of addresses in an ELF, as its DWARF tells them.
// SPDX-License-Identifier: MIT
//
// Where the build has no reader of DWARF, nothing is known of any address.
#ifndef BOOTLEAP_COMMON_SOURCE_LINES_H
#define BOOTLEAP_COMMON_SOURCE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    SOURCE_FRAMES = 4,
    SOURCE_LINES_MS = 2000, // that a reader may take
};

// A place in the source. No text is empty or NULL.
struct source_frame {
    const char *function, *file;
    unsigned line;
};

// The function that an address is in. Where the compiler has put a copy of it into another one,
// that is the next frame, with the place of the call; and so on.
struct source_place {
    struct source_frame frames[SOURCE_FRAMES];
    size_t count; // 0: nothing is known
};

struct source_lines {
    struct source_place *places; // one an address, in their order; NULL: nothing is known
    char *answers;               // that the texts are in
};

// Writes a line for each frame that it knows, those of an address one after the other, innermost
// first: the address's index, function, file and line, with tabs between.
typedef void source_reader(const char *path, const uint32_t *addresses, size_t count,
                           FILE *answers);

// Whether this build can read DWARF.
bool source_lines_can_be_read(void);

// Looks the addresses up in the ELF at `path`, in a process of its own: a file that was made to do
// harm costs the lines, not the run. False, with nothing known, where that is not done in
// SOURCE_LINES_MS, or went wrong. To be closed in any case.
bool source_lines_read(struct source_lines *lines, const char *path, const uint32_t *addresses,
                       size_t count);

// The same with another reader and another limit.
bool source_lines_read_by(struct source_lines *lines, source_reader *reader, unsigned ms,
                          const char *path, const uint32_t *addresses, size_t count);

void source_lines_close(struct source_lines *lines);

#endif
