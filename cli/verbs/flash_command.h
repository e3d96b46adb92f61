// flash_command.h: everything that is known about one run of `bootleap flash`, and its report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FLASH_COMMAND_H
#define BOOTLEAP_CLI_FLASH_COMMAND_H

#include "handle.h"

struct flash_command {
    const struct options *options; // arguments[0] is the file, arguments[1] the port
    struct handle handle;
    struct libbootleap_file *file; // NULL where it cannot be read
    struct libbootleap_flash_result result;
    char line[LIBBOOTLEAP_LINE_BYTES]; // that the application printed when it started
    uint64_t started_ms;
    bool started;
};

// Does all of `bootleap flash` but its report. The command must be closed afterwards, whatever the
// result. Returns 0, or the exit code that is in *problem.
int flash_command_run(struct flash_command *command, const struct options *options,
                      struct problem *problem);
void flash_command_close(struct flash_command *command);

// Does all of `bootleap flash`. Returns 0, or the exit code that is in *problem.
int flash_run(const struct options *options, struct problem *problem);

// Refuses options that contradict each other, or do not fit this port; NULL: the ROM on USB.
// Problem: EXIT_USAGE.
int flash_command_check(const struct options *options, const char *port, struct problem *problem);

// The file and its settings. Problems: those of libbootleap_file_open().
int flash_command_file(struct libbootleap_file **file, const struct options *options,
                       struct problem *problem);

// The same of --keep. `keep` has room for OPTIONS_KEEP.
struct libbootleap_flash_settings flash_command_settings(const struct options *options,
                                                         struct libbootleap_range *keep);

// Adds what was done to a chip: of one board, or of each of several.
void flash_report_work(json_t *object, const struct libbootleap_flash_result *result, bool started);

// For people, on stdout: what was done by a run without a problem.
void flash_report_text(const struct flash_command *command);

// Adds the same to `object`, also after a problem.
void flash_report_json(json_t *object, const struct flash_command *command);

#endif
