// stage.c: redirects what the tool prints.
// SPDX-License-Identifier: MIT
#include "stage.h"

#include <stdlib.h>
#include <unistd.h>

bool stage_set(struct stage *stage)
{
    int own = dup(STDOUT_FILENO);

    stage->report = own < 0 ? NULL : fdopen(own, "w");
    FILE *lines = tmpfile();
    snprintf(stage->folder, sizeof stage->folder, "/tmp/faultsXXXXXX");
    return stage->report && lines && dup2(fileno(lines), STDERR_FILENO) >= 0 &&
           freopen("/dev/null", "w", stdout) && mkdtemp(stage->folder);
}

void stage_clear(struct stage *stage)
{
    rmdir(stage->folder);
    fclose(stage->report);
}
