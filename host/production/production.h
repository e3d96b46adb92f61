// production.h: flashes many boards at the same time, each with data of its own.
// SPDX-License-Identifier: MIT
//
// Each board has a handle and a thread of its own: one that is slow, or does not answer, keeps no
// other one waiting. What is told of boards is told one at a time.
#ifndef BOOTLEAP_HOST_PRODUCTION_H
#define BOOTLEAP_HOST_PRODUCTION_H

#include "libbootleap.h"
#include "problem.h"
#include "row_journal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PRODUCTION_PORT_BYTES = 64 };

struct crew_lock;

// A column of the table, and where each board gets its bytes.
struct production_unit {
    uint32_t address;
    const struct unit_column *column;
};

// One board, and what was done with it.
struct production_board {
    const struct production *production;
    const char *port;         // as it was named or found; NULL: the only ROM on USB
    struct libbootleap *chip; // NULL where there is no handle
    const char *device;       // "f405"; NULL: unknown
    char unique_id[LIBBOOTLEAP_UNIQUE_ID_BYTES]; // "" where it is unknown
    struct libbootleap_flash_result flash;
    bool has_row;
    size_t row; // of the table
    enum row_state row_state;
    bool started;
    bool protected;                    // its ROM has set readout protection
    bool protected_seen;               // ... and shows nothing of the flash any more
    char line[LIBBOOTLEAP_LINE_BYTES]; // that the application printed when it started
    uint64_t began_ms;
    unsigned ms;                        // that it took
    struct libbootleap_problem problem; // code 0: all went well
};

// What is done with each board. Leave 0 what is not wanted.
struct production {
    struct libbootleap_settings chip; // its port is that of each board
    const struct libbootleap_file *file;
    struct libbootleap_flash_settings flash;
    struct libbootleap_start_settings start;
    bool no_go;
    bool protect; // readout protection level 1 after all is verified; then the chip starts itself
    const struct unit_table *table;
    struct row_journal *rows; // NULL: boards get no data of their own
    const struct production_unit *units;
    size_t unit_count;
    void *context; // of these functions, any of which may be NULL but `done`
    bool (*cancelled)(void *context);
    void (*log)(void *context, const char *port, const char *text);
    void (*done)(void *context, const struct production_board *board); // the chip may be asked
    struct crew_lock *turn; // of whoever tells something; production_run() makes it
};

// Does one board. The result is in the board. `done` is not called.
void production_board_do(struct production_board *board);
void production_board_close(struct production_board *board);

// Flashes `count` boards at the same time. Returns when all are done; how each went is told by
// `done`. Problem: EXIT_FAILED, where nothing was begun.
int production_run(struct production *production, const char *const *ports, size_t count,
                   struct problem *problem);

// Flashes each board that comes to USB, as soon as it does, until `cancelled`; boards that were
// begun are finished. A board is not flashed twice unless it leaves. `asks`: also applications
// with DFU. Problem: EXIT_FAILED.
int production_loop(struct production *production, bool asks, struct problem *problem);

// The exit code of many: the one that a board is worse off with. From the worst to the best: 6 it
// holds something else, 1 it may hold half of it, 5 the chip refused, 4, 3 nothing answered, 2, 0.
int production_worse(int code, int other);

#endif
