// cell_line.h: what came of one cell of the matrix, as a line of ids and numbers.
// SPDX-License-Identifier: MIT
//
// DEVICE BUILD WAY GROUP/SCENARIO[:NUMBER] and then FIELD=VALUE for each field that is wanted, in
// the order of enum cell_field. No text of a message is in it, so a message may be reworded. A
// value has no blank. In a list of handoffs `*N` stands behind what came N times in a row.
#ifndef BOOTLEAP_SIM_CELL_LINE_H
#define BOOTLEAP_SIM_CELL_LINE_H

#include "cell.h"
#include "run_state.h"

#include <stdio.h>

enum cell_field {
    FIELD_POINTS,     // of the contract that do not hold at each handoff, "all" if all hold; behind
                      // them those of R1 to R3 that do not hold for the whole run
    FIELD_OUTCOME,    // how the cell ended, how the run ended, what the ROM made of each handoff
    FIELD_REFUSAL,    // what the entry function returned
    FIELD_HANDOFFS,   // how many
    FIELD_RESETS,     // how many, without power-on
    FIELD_UNMODELLED, // registers that nobody models and that were accessed: how many, and @ a hash
                      // of their addresses
    FIELD_EARNED,     // points that hold because code saw to it, at each handoff
    FIELD_INSTRUCTIONS,
    CELL_FIELDS,
};

// Those that a move of code leaves as they are, 1 << enum cell_field: all that say what is judged.
enum { CELL_FIELDS_JUDGED = (1 << FIELD_EARNED) - 1 };

struct cell_lines {
    FILE *file;      // gets them
    unsigned fields; // 1 << enum cell_field
};

const char *cell_field_name(enum cell_field field);

// What it says, for --help.
const char *cell_field_help(enum cell_field field);

// Writes the line of this cell. `run` has ended, or is NULL: it could not be made. Errors stay in
// the stream.
void cell_line_write(const struct cell_lines *lines, const struct cell *cell,
                     const struct cell_result *result, const struct run *run);

#endif
