// main.c: the verbs of `bootleap`, its help and its exit code.
// SPDX-License-Identifier: MIT
#include "verb.h"

#include <stdio.h>
#include <string.h>

enum { VERB_NAME_BYTES = 16 };

static const struct verb *const verbs[] = {
    &cmd_list, &cmd_info, &cmd_enter, &cmd_flash, &cmd_go, &cmd_devices, &cmd_pins,
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static void print_help(FILE *out)
{
    fputs("usage: bootleap VERB [ARGUMENTS]\n"
          "\n"
          "Takes an STM32 from its application into ST's ROM, flashes it and starts it again.\n"
          "\n",
          out);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        fprintf(out, "  %-7s %s\n", verbs[i]->name, verbs[i]->summary);
    }
    fputs("\n"
          "Examples:\n"
          "  bootleap list\n"
          "  bootleap flash build/app.elf /dev/ttyACM0\n"
          "\n"
          "`bootleap VERB --help` explains a verb, `bootleap --version` prints the version.\n"
          "Exit codes: 0 done, 1 failed, 2 usage or file, 3 no device, 4 several devices fit,\n"
          "5 refused by the chip, 6 verify mismatch.\n",
          out);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// How many letters have to be changed, added or left out to make `a` out of `b`.
static size_t distance(const char *a, const char *b)
{
    size_t row[VERB_NAME_BYTES + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

static int unknown_verb(const char *name, struct problem *problem)
{
    const struct verb *nearest = verbs[0];
    char suggestion[64] = "bootleap --help";

    for (size_t i = 1; i < VERB_COUNT; i++) {
        if (distance(name, verbs[i]->name) < distance(name, nearest->name)) {
            nearest = verbs[i];
        }
    }
    if (distance(name, nearest->name) <= strlen(nearest->name) / 2) {
        snprintf(suggestion, sizeof suggestion, "bootleap %s", nearest->name);
    }
    return problem_set(problem, EXIT_USAGE, suggestion, "there is no such verb");
}

static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(name, verbs[i]->name) == 0) {
            return verbs[i];
        }
    }
    return NULL;
}

static int run_verb(const struct verb *verb, int argc, char **argv, struct problem *problem)
{
    struct options options;

    int error =
        options_parse(&options, argc, argv, verb->allowed, verb->least, verb->most, problem);
    if (error) {
        return error;
    }
    if (options.help) {
        printf("usage: bootleap %s %s\n\n%s", verb->name, verb->usage, verb->help);
        return 0;
    }
    return verb->run(&options, problem);
}

int main(int argc, char **argv)
{
    struct problem problem;

    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("bootleap " BOOTLEAP_VERSION);
        return EXIT_DONE;
    }
    const struct verb *verb = find_verb(argv[1]);
    int error =
        verb ? run_verb(verb, argc - 1, argv + 1, &problem) : unknown_verb(argv[1], &problem);
    if (error) {
        problem_print(&problem, "bootleap", argv[1]);
    }
    return error;
}
