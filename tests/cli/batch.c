// batch.c: runs many command lines of `bootleap` in one process, for tests with hundreds of them.
// SPDX-License-Identifier: MIT
//
// Standard input has one command line a line, its words apart by tabs. Standard output has for each
// what it prints, RS (0x1E), its exit code, RS, its message as on stderr, RS and a newline.
#include "verb_table.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 256, WORDS = 8, RS = 0x1E };

static int split(char *line, char *words[WORDS + 1])
{
    int count = 0;

    line[strcspn(line, "\n")] = '\0';
    while (line && count < WORDS) {
        words[count++] = strsep(&line, "\t");
    }
    words[count] = NULL;
    return count;
}

int main(void)
{
    char line[LINE_BYTES], *words[WORDS + 1];
    struct problem problem;

    if (dup2(STDOUT_FILENO, STDERR_FILENO) < 0) {
        return EXIT_FAILED;
    }
    while (fgets(line, sizeof line, stdin)) {
        int count = split(line, words);
        optind = 0; // getopt starts anew
        int error = verb_table_run(count, words, &problem);
        printf("%c%d%c", RS, error, RS);
        fflush(stdout);
        if (error) {
            problem_print(&problem, "bootleap", words[0]);
        }
        printf("%c\n", RS);
    }
    return EXIT_DONE;
}
