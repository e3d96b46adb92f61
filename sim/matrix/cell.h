// cell.h: one cell of the matrix: one build of the firmware, on one device, in one scenario.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CELL_H
#define BOOTLEAP_SIM_CELL_H

#include "scenario.h"
#include "scenarios.h"

#include <stdint.h>

enum { CELL_COMMAND = 512 };

struct cell {
    const struct device *device;
    const char *elf;
    bool erases; // it was built to erase the first page where the ROM looks at it
    const struct matrix_scenario *scenario;
    int number;
    enum entry_path path;
    unsigned seed;            // of RAM's noise: another one for each build and device
    struct chip_spare *spare; // what the cells of one ELF leave to each other; NULL: nothing
};

enum cell_end {
    CELL_NOT_RUN, // the device cannot be in this scenario
    CELL_ENTERED,
    CELL_REFUSED,
    CELL_RAN, // nothing was to be entered, and nothing was
    CELL_FAILED,
};

struct cell_result {
    enum cell_end end;
    int refusal; // what the entry function returned, where it came back
    uint64_t instructions;
    uint64_t entry_instructions; // from the call to the first one of the ROM; 0: not entered
    bool unmodelled;             // it accessed a register that nobody models
    char why[160];               // of CELL_FAILED
};

struct cell_lines; // cell_line.h

// Runs it without its reset, and sets in `chosen` before which instructions from the call on a
// reset is injected: the first time that an address is executed, the 4th, the 16th and so on.
// chosen[0] stays as it is. False if it cannot be run.
bool cell_choose_resets(const struct cell *cell, bool *chosen, size_t size);

// Runs it and holds it against what is expected. `lines` gets a line about it; NULL: nobody does.
void cell_run(const struct cell *cell, const struct cell_lines *lines, struct cell_result *result);

// The command that repeats it, and its name.
void cell_command(const struct cell *cell, char command[CELL_COMMAND]);
void cell_name(const struct cell *cell, char name[CELL_COMMAND]);

#endif
