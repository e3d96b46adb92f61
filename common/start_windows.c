// start_windows.c: text in UTF-8 and without changes, from the command line to the console.
// SPDX-License-Identifier: MIT
#include "start.h"

#include "windows_text.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include <shellapi.h>

static UINT console_before; // atexit() calls a function without an argument

static void restore_console(void)
{
    SetConsoleOutputCP(console_before);
}

// A line ends with one byte, as everywhere; \r\n would spoil what is piped into a program.
static void prepare_standard_files(void)
{
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    console_before = GetConsoleOutputCP();
    if (console_before != 0 && SetConsoleOutputCP(CP_UTF8)) {
        atexit(restore_console);
    }
}

// The command line again, in UTF-8: that of main() has lost what is not in the code page. It is
// needed until the program ends, so nothing is freed.
static char **read_command_line(int *argc)
{
    int count = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **arguments = wide ? calloc((size_t)count + 1, sizeof *arguments) : NULL;

    for (int i = 0; arguments && i < count; i++) {
        arguments[i] = windows_text_utf8(wide[i]);
        if (arguments[i] == NULL) {
            return NULL;
        }
    }
    *argc = arguments ? count : *argc;
    return arguments;
}

char **start_prepare(int *argc, char **argv)
{
    prepare_standard_files();
    char **arguments = read_command_line(argc);
    return arguments ? arguments : argv;
}
