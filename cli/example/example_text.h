// example_text.h: writes the templates of an example project with what they say of a board.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_EXAMPLE_TEXT_H
#define BOOTLEAP_CLI_EXAMPLE_TEXT_H

#include "example_board.h"
#include "example_files.h"

#include <stdio.h>

// Writes the file to `out`. In a template @WORD@ is replaced by what it means for this board; a
// word that is not known stays as it is. `version` is that of bootleap.
void example_text_write(FILE *out, const struct example_file *file,
                        const struct example_board *board, const char *version);

#endif
