// example_folder.h: writes an example project into a folder, whole or not at all.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_EXAMPLE_FOLDER_H
#define BOOTLEAP_CLI_EXAMPLE_FOLDER_H

#include "example_board.h"

// Writes the project into `folder`, which is made if it is not there. Its parent must be there, and
// it must be empty. `version` is that of bootleap. After a problem, which is EXIT_USAGE, nothing is
// left of what was written.
int example_folder_write(const char *folder, const struct example_board *board, const char *version,
                         struct problem *problem);

#endif
