// example_files.h: the files of an example project, as the build has put them into the program.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_EXAMPLE_FILES_H
#define BOOTLEAP_CLI_EXAMPLE_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct example_file {
    const char *name; // in the project, "bootleap/bootleap.c"
    const unsigned char *bytes;
    size_t size;
    bool is_template; // has words between @ that example_fill() replaces
};

// Ended by name NULL. A folder's files follow each other.
extern const struct example_file example_files[];

#endif
