// source_lines_process.c: has a reader of lines work in a process of its own, for a limited time.
// SPDX-License-Identifier: MIT
#include "source_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ANSWERS_MOST = 1024 * 1024, FIELDS = 4 };

static int64_t now_ms(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// The child: what it says besides its answers, and that it may end by a signal, is nobody's
// concern.
static void work(source_reader *reader, unsigned ms, int pipe_end, const char *path,
                 const uint32_t *addresses, size_t count)
{
    const struct rlimit none = {0, 0}, time = {ms / 1000 + 1, ms / 1000 + 1};
    int nowhere = open("/dev/null", O_WRONLY);
    FILE *answers = fdopen(pipe_end, "w");

    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &time);
    if (nowhere < 0 || !answers || dup2(nowhere, STDERR_FILENO) < 0) {
        _exit(EXIT_FAILURE);
    }
    reader(path, addresses, count, answers);
    _exit(fflush(answers) ? EXIT_FAILURE : EXIT_SUCCESS);
}

// Reads to the end, into new memory with a zero behind it. NULL: too much, or not in time.
static char *read_answers(int pipe_end, int64_t deadline)
{
    char *text = malloc(ANSWERS_MOST + 1);
    size_t used = 0;

    while (text && used < ANSWERS_MOST) {
        struct pollfd wait = {.fd = pipe_end, .events = POLLIN};
        int64_t left = deadline - now_ms();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        ssize_t got = ready > 0 ? read(pipe_end, text + used, ANSWERS_MOST - used) : -1;
        if (got == 0) {
            text[used] = '\0';
            return text;
        }
        if (got < 0) {
            break;
        }
        used += (size_t)got;
    }
    free(text);
    return NULL;
}

// Takes the next line apart. False: there is none, or it is none of ours.
static bool take_line(char **text, char *fields[FIELDS])
{
    char *end = strchr(*text, '\n');

    if (!end) {
        return false;
    }
    *end = '\0';
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = *text;
        *text = i < FIELDS - 1 ? strchr(*text, '\t') : end;
        if (!*text) {
            return false;
        }
        *(*text)++ = '\0';
    }
    return true;
}

static bool take_answers(struct source_lines *lines, size_t count)
{
    char *text = lines->answers, *fields[FIELDS];

    lines->places = calloc(count, sizeof *lines->places);
    while (lines->places && take_line(&text, fields)) {
        size_t index = strtoul(fields[0], NULL, 10);
        struct source_place *place = index < count ? &lines->places[index] : NULL;
        if (place && place->count < SOURCE_FRAMES) {
            place->frames[place->count++] =
                (struct source_frame){.function = fields[1],
                                      .file = fields[2],
                                      .line = (unsigned)strtoul(fields[3], NULL, 10)};
        }
    }
    return lines->places != NULL;
}

bool source_lines_read_by(struct source_lines *lines, source_reader *reader, unsigned ms,
                          const char *path, const uint32_t *addresses, size_t count)
{
    int64_t deadline = now_ms() + ms;
    int ends[2], status = -1;
    pid_t child;

    *lines = (struct source_lines){0};
    if (count == 0 || pipe(ends)) {
        return false;
    }
    child = fork();
    if (child == 0) {
        close(ends[0]);
        work(reader, ms, ends[1], path, addresses, count);
    }
    close(ends[1]);
    lines->answers = child < 0 ? NULL : read_answers(ends[0], deadline);
    close(ends[0]);
    if (child > 0) {
        if (!lines->answers) {
            kill(child, SIGKILL);
        }
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    }
    bool done = lines->answers && status == 0 && take_answers(lines, count);
    if (!done) {
        source_lines_close(lines);
    }
    return done;
}

void source_lines_close(struct source_lines *lines)
{
    free(lines->places);
    free(lines->answers);
    *lines = (struct source_lines){0};
}
