// scratch_windows.c: where Windows has its temporary files.
// SPDX-License-Identifier: MIT
#include "scratch.h"

#include "disk.h"
#include "windows_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum { MOST = 10000 };

bool scratch_folder(char path[SCRATCH_BYTES])
{
    wchar_t wide[MAX_PATH + 1];
    char *place = GetTempPathW(MAX_PATH + 1, wide) ? windows_text_utf8(wide) : NULL;
    bool made = false, taken = true;

    for (unsigned i = 0; place && taken && !made && i < MOST; i++) {
        snprintf(path, SCRATCH_BYTES, "%sbootleap-test-%lu-%u", place, GetCurrentProcessId(), i);
        made = disk_make_folder(path) == 0;
        taken = errno == EEXIST;
    }
    free(place);
    return made;
}

const char *scratch_nowhere(void)
{
    return "NUL";
}
