// main.c: the help of `bootleap`, and its exit code.
// SPDX-License-Identifier: MIT
#include "verb_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void print_help(FILE *out)
{
    fputs("usage: bootleap VERB [ARGUMENTS]\n"
          "\n"
          "Takes an STM32 from its application into ST's ROM, flashes it and starts it again.\n"
          "\n",
          out);
    const struct verb *verb;
    for (size_t i = 0; (verb = verb_table_at(i)) != NULL; i++) {
        fprintf(out, "  %-7s %s\n", verb->name, verb->summary);
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

int main(int argc, char **argv)
{
    struct problem problem;

    fill_standard_files();
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
    int error = verb_table_run(argc - 1, argv + 1, &problem);
    if (error == 0 && fflush(stdout) != 0) {
        error = problem_set(&problem, EXIT_FAILED, "another place for it",
                            "what it prints cannot be written: %s", strerror(errno));
    }
    if (error) {
        problem_print(&problem, "bootleap", argv[1]);
    }
    return error;
}
