// main.c: writes the manual page or a completion of the program that it is linked with.
// SPDX-License-Identifier: MIT
//
// A tool of the build: nobody needs it to run the program.
#include "pages.h"

#include <string.h>

static int end(FILE *file)
{
    return fflush(file) || ferror(file) ? EXIT_FAILED : EXIT_DONE;
}

static int write_bash(const char *path)
{
    FILE *rest = fopen(path, "r");

    if (!rest) {
        perror(path);
        return EXIT_USAGE;
    }
    page_bash(program_this(), rest, stdout);
    fclose(rest);
    return end(stdout);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "man") == 0) {
        page_man(program_this(), stdout);
        return end(stdout);
    }
    if (argc == 2 && strcmp(argv[1], "zsh") == 0) {
        page_zsh(program_this(), stdout);
        return end(stdout);
    }
    if (argc == 3 && strcmp(argv[1], "bash") == 0) {
        return write_bash(argv[2]);
    }
    fprintf(stderr, "usage: %s man|zsh, or bash completion_bash.sh\n", argv[0]);
    return EXIT_USAGE;
}
