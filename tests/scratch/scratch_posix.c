// scratch_posix.c: below /tmp.
// SPDX-License-Identifier: MIT
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>

bool scratch_folder(char path[SCRATCH_BYTES])
{
    snprintf(path, SCRATCH_BYTES, "/tmp/bootleap-test-XXXXXX");
    return mkdtemp(path) != NULL;
}

const char *scratch_nowhere(void)
{
    return "/dev/null";
}
