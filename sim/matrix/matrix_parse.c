// matrix_parse.c: reads the command line of `bootleap-sim matrix` and finds the builds.
// SPDX-License-Identifier: MIT
#include "matrix.h"

#include "runnable.h"

#include "arguments.h"
#include "expected.h"

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
    "  --way WAY       into the ROM through a reset, direct: without one, or both (default)\n"
    "  --resets END    builds whose names end so also get a reset of each kind at every\n"
    "                  instruction of the way in and back, which takes a while\n"
    "  --jobs N        processes (default: one for each processor)\n"
    "  --digest[=FIELDS]\n"
    "                  print one SHA-256 over all cells. Each is a line: device, build, way,\n"
    "                  scenario, and what came of it. The same on any number of --jobs. FIELDS "
    "has\n"
    "                  commas between them:\n"
    "                    points        of the contract that do not hold\n"
    "                    outcome       how it ended, and what the ROM made of each handoff\n"
    "                    refusal       what the entry function came back with\n"
    "                    handoffs      how many\n"
    "                    resets        how many\n"
    "                    unmodelled    registers that nobody models and that were touched\n"
    "                    earned        points that code has seen to; only where it is named\n"
    "                    instructions  how many; only where it is named\n"
    "  --cells FILE    write these lines to FILE, sorted: diff shows the cells that changed\n"
    "  --json          print the result as JSON\n"
    "\n"
    "Exit code: 0 all as it must be, 7 some cell is not (each is shown with the command that\n"
    "repeats it), 2 usage.\n";

enum {
    OPTION_DEVICE = 256,
    OPTION_BUILD,
    OPTION_RESETS,
    OPTION_JOBS,
    OPTION_JSON,
    OPTION_WAY,
    OPTION_DIGEST,
    OPTION_CELLS,
    MOST_JOBS = 64
};

static const struct option options[] = {
    {"device", required_argument, NULL, OPTION_DEVICE},
    {"build", required_argument, NULL, OPTION_BUILD},
    {"resets", required_argument, NULL, OPTION_RESETS},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"way", required_argument, NULL, OPTION_WAY},
    {"digest", optional_argument, NULL, OPTION_DIGEST},
    {"cells", required_argument, NULL, OPTION_CELLS},
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
    if (runnable_why_not(device)) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists those that are",
                           "--device %s: it is not run: %s", device->slug,
                           runnable_why_not(device));
    }
    matrix->device = device->slug;
    return 0;
}

static int set_jobs(struct matrix *matrix, const char *text, struct problem *problem)
{
    uint64_t jobs = 0;
    int error = arguments_number(&jobs, "--jobs", text, 1, MOST_JOBS, problem);

    matrix->jobs = (unsigned)jobs;
    return error;
}

static int set_way(struct matrix *matrix, const char *text, struct problem *problem)
{
    bool both = strcmp(text, "both") == 0;

    matrix->ways[BY_RESET] = both || strcmp(text, entry_way_name(BY_RESET)) == 0;
    matrix->ways[DIRECTLY] = both || strcmp(text, entry_way_name(DIRECTLY)) == 0;
    if (!matrix->ways[BY_RESET] && !matrix->ways[DIRECTLY]) {
        return problem_set(problem, EXIT_USAGE, "reset, direct or both",
                           "--way %s: no way into the ROM is called that", text);
    }
    return 0;
}

static int is_build(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

// Refuses a build that there is no room for: left out in silence it would be no proof.
static int add_build(struct matrix *matrix, const char *name, struct problem *problem)
{
    struct matrix_build *build = &matrix->builds[matrix->build_count];
    size_t length = strlen(name);

    if (matrix->build && strcmp(matrix->build, name) != 0) {
        return 0;
    }
    if (matrix->build_count == MATRIX_BUILDS || length >= sizeof build->name) {
        return problem_set(problem, EXIT_USAGE, "--build NAME, for one of them", "%s/%s: %s",
                           matrix->folder, name,
                           length >= sizeof build->name ? "the name of this build is too long"
                                                        : "there are more builds than 64");
    }
    memcpy(build->name, name, length + 1);
    matrix->build_count++;
    return 0;
}

static int find_builds(struct matrix *matrix, struct problem *problem)
{
    struct dirent **entries;
    int error = 0;
    int count = scandir(matrix->folder, &entries, is_build, alphasort);

    if (count < 0) {
        return problem_set(problem, EXIT_USAGE, "`script/matrix` makes it", "cannot read %s: %s",
                           matrix->folder, strerror(errno));
    }
    if (strlen(matrix->folder) >= MATRIX_PATH - sizeof matrix->builds[0].name - 32) {
        error = problem_set(problem, EXIT_USAGE, "a shorter path, or one from another folder",
                            "%.80s...: the path of this folder is too long", matrix->folder);
    }
    for (int i = 0; i < count; i++) {
        if (!error) {
            error = add_build(matrix, entries[i]->d_name, problem);
        }
        free(entries[i]);
    }
    free(entries);
    if (!error && matrix->build_count == 0) {
        error = problem_set(problem, EXIT_USAGE, "`script/matrix` makes them", "%s: no build %s",
                            matrix->folder, matrix->build ? matrix->build : "is in it");
    }
    return error;
}

static int set_option(struct matrix *matrix, int option, char **argv, struct problem *problem)
{
    switch (option) {
    case OPTION_DEVICE:
        return set_device(matrix, optarg, problem);
    case OPTION_BUILD:
        matrix->build = optarg;
        return 0;
    case OPTION_RESETS:
        matrix->resets = optarg;
        return 0;
    case OPTION_JOBS:
        return set_jobs(matrix, optarg, problem);
    case OPTION_WAY:
        return set_way(matrix, optarg, problem);
    case OPTION_DIGEST:
        return matrix_digest_fields(&matrix->digest, optarg, problem);
    case OPTION_CELLS:
        matrix->digest.cells = optarg;
        return 0;
    case OPTION_JSON:
        matrix->json = true;
        return 0;
    default:
        return arguments_refuse(option, argv, "matrix", problem);
    }
}

int matrix_parse(struct matrix *matrix, int argc, char **argv, struct problem *problem)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int option, error = 0;

    *matrix =
        (struct matrix){.jobs = processors > 0 ? (unsigned)processors : 1, .ways = {true, true}};
    arguments_start();
    while (!error && (option = getopt_long(argc, argv, arguments_short, options, NULL)) != -1) {
        error = set_option(matrix, option, argv, problem);
    }
    if (!error && argc - optind != 1) {
        error = problem_set(problem, EXIT_USAGE, "bootleap-sim matrix build/matrix",
                            "command line: %s FOLDER was given",
                            optind < argc ? "more than one" : "no");
    }
    if (error) {
        return error;
    }
    if (matrix->digest.cells && !matrix->digest.fields) {
        error = matrix_digest_fields(&matrix->digest, NULL, problem);
    }
    matrix->folder = argv[optind];
    return error ? error : find_builds(matrix, problem);
}
