// unit_table.h: a CSV file of data for single units: a serial number, a key, a name; one row each.
// SPDX-License-Identifier: MIT
//
//     serial:u32,name:text16,key:hex,remark
//     1017,left pump,00112233445566778899aabbccddeeff,for Basel
//
// The first line names the columns. What has a type behind ":" can be written into a unit:
//     u32     a number, decimal or 0x hexadecimal: 4 bytes, low byte first
//     hex     bytes in hexadecimal digits; ":", "-" or blanks may stand between them
//     textN   text, and zeros up to N bytes, at least one
// A cell may stand in "...", and then "" in it is one ". The first column with a type is the key of
// a row: no two rows have the same, and a row stays the same row when lines are moved or added.
#ifndef BOOTLEAP_HOST_UNIT_TABLE_H
#define BOOTLEAP_HOST_UNIT_TABLE_H

#include "problem.h"
#include "unit_cell.h"

#include <stddef.h>
#include <stdint.h>

enum { UNIT_COLUMNS = 32 };

struct unit_row {
    unsigned line;   // of the file, from 1 on
    uint8_t key[32]; // SHA-256 of its key
};

struct unit_table {
    char *path;
    struct unit_column columns[UNIT_COLUMNS];
    size_t column_count;
    struct unit_row *rows;
    size_t row_count;
    size_t row_bytes;
    uint8_t *bytes; // row_bytes of each row
};

// Reads and checks all of the file. unit_table_close afterwards, whatever the result. Problem:
// EXIT_USAGE, with the line.
int unit_table_open(struct unit_table *table, const char *path, struct problem *problem);
void unit_table_close(struct unit_table *table);

// The column of this name, which has a type. NULL for `name`: the only one that has. Problem:
// EXIT_USAGE, with those there are.
int unit_table_column(const struct unit_table *table, const char *name,
                      const struct unit_column **column, struct problem *problem);

// column->size bytes.
const uint8_t *unit_table_cell(const struct unit_table *table, size_t row,
                               const struct unit_column *column);

#endif
