// terminal_windows.c: asks whether a file is a console.
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <io.h>
#include <windows.h>

bool terminal_is(FILE *stream)
{
    DWORD mode;

    // Not isatty(), for which NUL is a terminal.
    return GetConsoleMode((HANDLE)_get_osfhandle(_fileno(stream)), &mode) != 0;
}
