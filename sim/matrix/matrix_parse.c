// matrix_parse.c: reads the command line of `bootleap-sim matrix` and finds the builds.
// SPDX-License-Identifier: MIT
#include "matrix.h"

#include "device_name.h"
#include "option_table.h"
#include "runnable.h"
#include "scenario.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_JOBS = 64 };

// The paths into the ROM, and behind them both.
static const char *path_word(unsigned path)
{
    return path == ENTRY_PATHS ? "both" : entry_path_name((enum entry_path)path);
}

static const char *field_word(unsigned field)
{
    return field < CELL_FIELDS ? cell_field_name((enum cell_field)field) : NULL;
}

static const char *field_help(unsigned field)
{
    return cell_field_help((enum cell_field)field);
}

static int set_device(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct matrix *matrix = request;
    const struct device *device;

    int error = device_name_find_option(text, "bootleap-sim devices", &device, problem);
    if (error) {
        return error;
    }
    if (runnable_why_not(device)) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists those that are",
                           "--%s %s: it is not run: %s", row->name, device->slug,
                           runnable_why_not(device));
    }
    matrix->device = device->slug;
    return 0;
}

static int set_paths(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct matrix *matrix = request;
    unsigned path = ENTRY_PATHS;
    int error = option_word(&path, row, text, problem);

    matrix->paths[PATH_RESET] = path != PATH_DIRECT;
    matrix->paths[PATH_DIRECT] = path != PATH_RESET;
    return error;
}

static int set_digest(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct matrix *matrix = request;

    (void)row;
    return matrix_digest_fields(&matrix->digest, text, problem);
}

#define PLACE(type, member) OPTION_PLACE(struct matrix, type, member)

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = set_device,
     .help = "this device only",
     .value = OPTION_DEVICE},
    {.name = "build",
     .argument = "NAME",
     .parse = option_text,
     .help = "this build only",
     .place = PLACE(const char *, build)},
    {.name = "way",
     .argument = "WAY",
     .parse = set_paths,
     .help = "into the ROM through a reset, without one, or both (default):",
     .words = path_word},
    {.name = "resets",
     .argument = "END",
     .parse = option_text,
     .help = "builds whose names end so also get a reset of each kind at every instruction of the "
             "way in and back, which takes a while",
     .place = PLACE(const char *, resets)},
    {.name = "jobs",
     .argument = "N",
     .parse = option_unsigned,
     .help = "processes (default: one for each processor)",
     .place = PLACE(unsigned, jobs),
     .least = 1,
     .most = MOST_JOBS},
    {.name = "digest",
     .argument = "[=FIELDS]",
     .parse = set_digest,
     .help = "print one SHA-256 over all cells. Each is a line: device, build, way, scenario, and "
             "what came of it. The same on any number of --jobs. FIELDS has commas between them:",
     .words = field_word,
     .word_help = field_help},
    {.name = "cells",
     .argument = "FILE",
     .parse = option_text,
     .value = OPTION_FILE,
     .help = "write these lines to FILE, sorted: diff shows the cells that changed",
     .place = PLACE(const char *, digest.cells)},
    {.name = "json",
     .parse = option_flag,
     .help = "print the result as JSON",
     .place = PLACE(bool, json)},
    {.name = NULL},
};

static const struct option_group group = {NULL, rows};

const struct option_table matrix_options = {
    .program = "bootleap-sim",
    .verb = "matrix",
    .summary = "run every device in every scenario, and print what came of it",
    .operands = "FOLDER",
    .values = {OPTION_FOLDER},
    .description =
        "Runs every device in every scenario with every build of the firmware, and prints what "
        "came of it against what had to. FOLDER holds one folder for each build, and that one "
        "SLUG.elf for each device; `script/matrix` makes it in build/matrix. A build is an "
        "application that calls bootleap_on_reset() and then application(origin), and does nothing "
        "else.\n",
    .end =
        "Exit code: 0 all as it must be, 7 some cell is not (each is shown with the command that "
        "repeats it), 2 usage.\n",
    .groups = &group,
    .group_count = 1,
};

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

int matrix_parse(struct matrix *matrix, int argc, char **argv, struct problem *problem)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int operands, error;

    *matrix =
        (struct matrix){.jobs = processors > 0 ? (unsigned)processors : 1, .paths = {true, true}};
    error = option_table_parse(&matrix_options, matrix, argc, argv, &operands, problem);
    if (error) {
        return error;
    }
    if (argc - operands != 1) {
        return problem_set(problem, EXIT_USAGE, "bootleap-sim matrix build/matrix",
                           "command line: %s FOLDER was given",
                           operands < argc ? "more than one" : "no");
    }
    if (matrix->digest.cells && !matrix->digest.fields) {
        error = matrix_digest_fields(&matrix->digest, NULL, problem);
    }
    matrix->folder = argv[operands];
    return error ? error : find_builds(matrix, problem);
}
