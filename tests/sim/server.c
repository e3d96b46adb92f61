// server.c: runs bootleap-sim once for each request, in a process of its own, for simulator.py.
// SPDX-License-Identifier: MIT
//
// Half of a short run's time goes into starting the program: its libraries have a hundred thousand
// addresses to mend. Here that is done once; each run is a fork of it, with main() of bootleap-sim.
//
// A request on stdin: "BYTES\n", then the arguments, each with its 0, BYTES in all. The answer on
// stdout: "STATUS OUT ERR\n", then OUT bytes of the run's stdout and ERR of its stderr. STATUS is its
// exit code, or the signal that ended it with a minus. The command line says how many seconds a run
// may take.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS = 128, REQUEST = 65536 };

int simulator_main(int argc, char **argv);

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

// The child: what it prints goes to the two files.
static _Noreturn void run(int argc, char **argv, FILE *out, FILE *err, unsigned seconds)
{
    int nothing = open("/dev/null", O_RDONLY);

    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(fileno(out), STDOUT_FILENO) < 0 ||
        dup2(fileno(err), STDERR_FILENO) < 0) {
        fail("dup2");
    }
    alarm(seconds);
    exit(simulator_main(argc, argv));
}

static void copy(FILE *from, long size)
{
    rewind(from);
    for (long i = 0; i < size; i++) {
        putchar(getc(from));
    }
}

static void answer(int status, FILE *out, FILE *err)
{
    long sizes[2];

    if (fseek(out, 0, SEEK_END) || fseek(err, 0, SEEK_END)) {
        fail("fseek");
    }
    sizes[0] = ftell(out);
    sizes[1] = ftell(err);
    printf("%d %ld %ld\n", WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status), sizes[0],
           sizes[1]);
    copy(out, sizes[0]);
    copy(err, sizes[1]);
    fflush(stdout);
}

static void serve(int argc, char **argv, unsigned seconds)
{
    FILE *out = tmpfile(), *err = tmpfile();
    int status;
    pid_t child;

    if (!out || !err) {
        fail("tmpfile");
    }
    child = fork();
    if (child == 0) {
        run(argc, argv, out, err, seconds);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        fail("fork");
    }
    answer(status, out, err);
    fclose(out);
    fclose(err);
}

int main(int argc, char **argv)
{
    static char words[REQUEST];
    unsigned seconds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    char line[32];

    while (fgets(line, sizeof line, stdin)) {
        char *list[ARGUMENTS + 1] = {NULL};
        size_t size = strtoul(line, NULL, 10);
        int count = 0;
        if (size == 0 || size > sizeof words || fread(words, 1, size, stdin) != size ||
            words[size - 1] != '\0') {
            fprintf(stderr, "%s: this is no request: %s", argv[0], line);
            return 2;
        }
        for (char *word = words; word < words + size && count < ARGUMENTS; count++) {
            list[count] = word;
            word += strlen(word) + 1;
        }
        serve(count, list, seconds);
    }
    return 0;
}
