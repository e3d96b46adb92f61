// stage.c: redirects what the tool prints, and goes through the rows.
// SPDX-License-Identifier: MIT
#include "stage.h"

#include "devices.h"
#include "problem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool set(struct stage *stage)
{
    int own = dup(STDOUT_FILENO);

    stage->report = own < 0 ? NULL : fdopen(own, "w");
    FILE *lines = tmpfile();
    snprintf(stage->folder, sizeof stage->folder, "/tmp/faultsXXXXXX");
    return stage->report && lines && dup2(fileno(lines), STDERR_FILENO) >= 0 &&
           freopen("/dev/null", "w", stdout) && mkdtemp(stage->folder);
}

static void clear(struct stage *stage)
{
    rmdir(stage->folder);
    fclose(stage->report);
}

// Whether its ROM has AN3155, and its flash is known.
static bool can_be_flashed(const struct device *device)
{
    return device->rom_commands[0] != 0xFF && device->pages[0].count && device->rams[0].region.size;
}

static int run_all(const struct stage *stage, unsigned every, stage_row *run_row)
{
    int error = 0;

    for (size_t i = 0; i < device_count; i++) {
        if (can_be_flashed(&devices[i])) {
            error |= run_row(stage, devices[i].slug, every);
        }
    }
    return error;
}

int stage_main(int argc, char **argv, stage_row *run_row)
{
    static const char *const usual[] = {"f10medium", "g0b1", "h723"};
    unsigned every = 1;
    int first = 1, error = 0;
    struct stage stage;

    if (argc > 2 && strcmp(argv[1], "--every") == 0) {
        every = (unsigned)strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (every == 0 || !set(&stage)) {
        return EXIT_USAGE;
    }
    if (first < argc && strcmp(argv[first], "--all") == 0) {
        error = run_all(&stage, every, run_row);
    } else if (first < argc) {
        for (int i = first; i < argc; i++) {
            error |= run_row(&stage, argv[i], every);
        }
    } else {
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
            error |= run_row(&stage, usual[i], every);
        }
    }
    clear(&stage);
    return error;
}
