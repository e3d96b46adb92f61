// matrix_parse.c: reads the command line of `bootleap-sim matrix` and finds the builds.
// SPDX-License-Identifier: MIT
#include "matrix.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char matrix_help[] =
    "usage: bootleap-sim matrix FOLDER [options]\n"
    "\n"
    "Runs every device in every scenario with every build of the firmware, and prints what came\n"
    "of it against what had to. FOLDER holds one folder a build, and that one SLUG.elf a device;\n"
    "`script/matrix` makes it in build/matrix. A build is an application that calls\n"
    "bootleap_on_reset() and then application(origin), and does nothing else.\n"
    "\n"
    "  --device NAME   this device only\n"
    "  --build NAME    this build only\n"
    "  --resets END    builds whose names end so also get a reset of each kind at every\n"
    "                  instruction of the way in and back, which takes a while\n"
    "  --jobs N        processes (default: one for each processor)\n"
    "  --json          print the result as JSON\n"
    "\n"
    "Exit code: 0 all as it must be, 7 some cell is not (each is shown with the command that\n"
    "repeats it), 2 usage.\n";

enum { OPTION_DEVICE = 256, OPTION_BUILD, OPTION_RESETS, OPTION_JOBS, OPTION_JSON, MOST_JOBS = 64 };

static const struct option options[] = {
    {"device", required_argument, NULL, OPTION_DEVICE},
    {"build", required_argument, NULL, OPTION_BUILD},
    {"resets", required_argument, NULL, OPTION_RESETS},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"json", no_argument, NULL, OPTION_JSON},
    {NULL, 0, NULL, 0},
};

static int set_device(struct matrix *matrix, const char *name, struct problem *problem)
{
    const struct device *device = device_find(name);

    if (!device) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists them",
                           "no device is called %s: the nearest is %s", name,
                           device_nearest(name)->slug);
    }
    matrix->device = device->slug;
    return 0;
}

static int set_jobs(struct matrix *matrix, const char *text, struct problem *problem)
{
    char *end;
    unsigned long jobs = strtoul(text, &end, 10);

    if (!*text || *end || jobs == 0 || jobs > MOST_JOBS) {
        return problem_set(problem, EXIT_USAGE, "--jobs 2", "%s is no number of processes", text);
    }
    matrix->jobs = (unsigned)jobs;
    return 0;
}

static int is_build(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int find_builds(struct matrix *matrix, struct problem *problem)
{
    struct dirent **entries;
    int count = scandir(matrix->folder, &entries, is_build, alphasort);

    if (count < 0) {
        return problem_set(problem, EXIT_USAGE, "`script/matrix` makes it", "cannot read %s: %s",
                           matrix->folder, strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        struct matrix_build *build = &matrix->builds[matrix->build_count];
        size_t length = strlen(entries[i]->d_name);
        bool wanted = !matrix->build || strcmp(matrix->build, entries[i]->d_name) == 0;
        if (wanted && matrix->build_count < MATRIX_BUILDS && length < sizeof build->name) {
            memcpy(build->name, entries[i]->d_name, length + 1);
            matrix->build_count++;
        }
        free(entries[i]);
    }
    free(entries);
    return 0;
}

int matrix_parse(struct matrix *matrix, int argc, char **argv, struct problem *problem)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int option, error = 0;

    *matrix = (struct matrix){.jobs = processors > 0 ? (unsigned)processors : 1};
    opterr = 0;
    optind = 1;
    while (!error && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == OPTION_DEVICE) {
            error = set_device(matrix, optarg, problem);
        } else if (option == OPTION_BUILD) {
            matrix->build = optarg;
        } else if (option == OPTION_RESETS) {
            matrix->resets = optarg;
        } else if (option == OPTION_JOBS) {
            error = set_jobs(matrix, optarg, problem);
        } else if (option == OPTION_JSON) {
            matrix->json = true;
        } else {
            error = problem_set(problem, EXIT_USAGE, "bootleap-sim matrix --help",
                                "%s is not an option, or lacks its value", argv[optind - 1]);
        }
    }
    if (!error && argc - optind != 1) {
        error =
            problem_set(problem, EXIT_USAGE, "bootleap-sim matrix build/matrix",
                        optind < argc ? "more than one FOLDER was given" : "no FOLDER was given");
    }
    if (error) {
        return error;
    }
    matrix->folder = argv[optind];
    return find_builds(matrix, problem);
}
