// start_posix.c: opens the standard files that are closed.
// SPDX-License-Identifier: MIT
#include "start.h"

#include <fcntl.h>
#include <unistd.h>

// A port that is opened where stdout or stderr is closed would take their place: what is printed
// would go to the chip.
static void fill_standard_files(void)
{
    int file = open("/dev/null", O_RDWR);

    while (file >= 0 && file <= STDERR_FILENO) {
        file = dup(file);
    }
    if (file > STDERR_FILENO) {
        close(file);
    }
}

// NOLINTNEXTLINE(readability-non-const-parameter): on Windows the count changes with the arguments
char **start_prepare(int *argc, char **argv)
{
    (void)argc;
    fill_standard_files();
    return argv;
}
