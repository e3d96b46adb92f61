// unit_cell.h: one cell of a CSV file: its text, and the bytes that it stands for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_UNIT_CELL_H
#define BOOTLEAP_HOST_UNIT_CELL_H

#include <stddef.h>
#include <stdint.h>

enum { UNIT_NAME_BYTES = 32, UNIT_CELL_MOST = 1024 };

enum unit_kind { UNIT_NONE, UNIT_U32, UNIT_HEX, UNIT_TEXT };

struct unit_column {
    char name[UNIT_NAME_BYTES];
    enum unit_kind kind; // UNIT_NONE: cannot be written into a unit
    uint32_t size;       // bytes of a cell; of UNIT_HEX those of the first row
    size_t place;        // among the bytes of a row
};

// Reads the cell that *at stands before, and moves *at behind its comma; to NULL behind the last
// cell of the line. Returns NULL, or why it is no cell.
const char *unit_cell_read(const char **at, char text[UNIT_CELL_MOST]);

// "serial:u32" becomes a name and a kind. Returns NULL, or why not.
const char *unit_cell_name(struct unit_column *column, const char *text);

// The bytes of a cell; *size gets how many. Returns NULL, or why there are none.
const char *unit_cell_bytes(const struct unit_column *column, const char *text,
                            uint8_t bytes[UNIT_CELL_MOST], uint32_t *size);

#endif
