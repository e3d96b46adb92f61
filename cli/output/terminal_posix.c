// terminal_posix.c: asks the terminal driver.
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <unistd.h>

bool terminal_is(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}
