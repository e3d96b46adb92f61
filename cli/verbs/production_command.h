// production_command.h: one run of `bootleap flash` on many boards, or with data of single ones.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PRODUCTION_COMMAND_H
#define BOOTLEAP_CLI_PRODUCTION_COMMAND_H

#include "line_log.h"
#include "options.h"
#include "production.h"
#include "sha256.h"
#include "unit_table.h"

enum { PRODUCTION_COMMAND_BOARDS = OPTIONS_ARGUMENTS - 1 };

struct production_command {
    const struct options *options;
    struct production production;
    struct libbootleap_file *file;
    char sha256[SHA256_TEXT_BYTES]; // of the file; "" where it is a pipe
    struct libbootleap_range keep[OPTIONS_KEEP];
    struct unit_table table;
    struct production_unit units[OPTIONS_UNITS];
    struct line_log *record;
    const char *ports[PRODUCTION_COMMAND_BOARDS];
    char found[PRODUCTION_COMMAND_BOARDS][PRODUCTION_PORT_BYTES]; // of --all
    size_t port_count;
    uint64_t began_ms;
    size_t done, failed;
    int worst;                       // exit code
    struct libbootleap_problem last; // of a board that failed
    struct problem lost;             // why a record could not be written; code 0: all were
    char failed_ports[256];          // "/dev/ttyUSB0 usb:1-2"
};

// Whether the options ask for it.
bool production_command_is_asked(const struct options *options);

// Does it. Returns 0, or the exit code that is in *problem.
int production_command_run(const struct options *options, struct problem *problem);

// Sets command->ports: those that were named, or found. Problems: EXIT_USAGE, EXIT_NO_DEVICE.
int production_boards_find(struct production_command *command, struct problem *problem);

// Opens the table and the journal of --set. production_units_close afterwards, whatever the result.
int production_units_open(struct production_command *command, struct problem *problem);
void production_units_close(struct production_command *command);

// Tells the result of one board: on stdout, in the record, and for the JSON report. `context` is
// the command.
void production_report_board(void *context, const struct production_board *board);

// Tells those of all, at the end.
void production_report_all(struct production_command *command);

#endif
