// line_log.c: appends whole lines, and cuts off half ones.
// SPDX-License-Identifier: MIT
#include "line_log.h"

#include "disk.h"
#include "shared_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct line_log {
    int file;
    const char *option;
    char *path;
};

static int failed(const struct line_log *log, const char *what, struct problem *problem)
{
    problem_set(problem, EXIT_FAILED, "room on the disk, and a file that you may write to",
                "%s: %s cannot be %s: %s", log->option, log->path, what, strerror(errno));
    return problem_blame(problem, FAULT_COMPUTER);
}

int line_log_open(struct line_log **log, const char *option, const char *path,
                  struct problem *problem)
{
    struct line_log *made = calloc(1, sizeof *made);
    enum disk_kind kind = disk_kind(path);

    *log = NULL;
    if (made) {
        *made = (struct line_log){.file = -1, .option = option, .path = strdup(path)};
    }
    if (made == NULL || made->path == NULL) {
        line_log_close(made);
        return problem_no_memory(problem, "%s", path);
    }
    bool is_file = kind == DISK_FILE || kind == DISK_NOTHING;
    made->file = is_file ? shared_file_open(path) : -1;
    if (made->file < 0) {
        int error = problem_set(problem, EXIT_USAGE, "a file in a folder that you may write to",
                                "%s: %s cannot be opened: %s", option, path,
                                is_file ? strerror(errno) : "it is no file");
        line_log_close(made);
        return error;
    }
    *log = made;
    return 0;
}

void line_log_close(struct line_log *log)
{
    if (log && log->file >= 0) {
        shared_file_close(log->file);
    }
    if (log) {
        free(log->path);
    }
    free(log);
}

// Where the last whole line ends; -1 with errno.
static int64_t end_of_lines(const struct line_log *log, int64_t size)
{
    enum { STEP = 512 };
    char bytes[STEP];

    while (size > 0) {
        int64_t from = size > STEP ? size - STEP : 0;
        int64_t count = shared_file_read(log->file, (uint64_t)from, bytes, (size_t)(size - from));
        if (count != size - from) {
            return -1;
        }
        for (; count > 0; count--) {
            if (bytes[count - 1] == '\n') {
                return from + count;
            }
        }
        size = from;
    }
    return 0;
}

static int cut_half_line(struct line_log *log)
{
    int64_t size = shared_file_size(log->file);
    int64_t end = size < 0 ? -1 : end_of_lines(log, size);

    if (end < 0 || end == size) {
        return end < 0 ? -1 : 0;
    }
    return shared_file_cut(log->file, (uint64_t)end);
}

int line_log_lock(struct line_log *log, struct problem *problem)
{
    if (shared_file_lock(log->file) != 0) {
        return failed(log, "locked", problem);
    }
    if (cut_half_line(log) != 0) {
        int error = failed(log, "read", problem);
        shared_file_unlock(log->file);
        return error;
    }
    return 0;
}

void line_log_unlock(struct line_log *log)
{
    shared_file_unlock(log->file);
}

int line_log_read(struct line_log *log, uint64_t from, char **text, size_t *size,
                  struct problem *problem)
{
    int64_t end = shared_file_size(log->file);
    size_t most = end > (int64_t)from ? (size_t)((uint64_t)end - from) : 0;

    *size = 0;
    *text = calloc(1, most + 1);
    if (*text == NULL) {
        return problem_no_memory(problem, "%s", log->path);
    }
    int64_t count = end < 0 ? -1 : shared_file_read(log->file, from, *text, most);
    if (count < 0) {
        int error = failed(log, "read", problem);
        free(*text);
        *text = NULL;
        return error;
    }
    *size = (size_t)count;
    return 0;
}

int line_log_append(struct line_log *log, const char *line, struct problem *problem)
{
    int64_t before = shared_file_size(log->file);

    if (before >= 0 && shared_file_append(log->file, line, strlen(line)) == 0) {
        return 0;
    }
    int error = failed(log, "written", problem);
    if (before >= 0) {
        shared_file_cut(log->file, (uint64_t)before);
    }
    return error;
}

int line_log_add(struct line_log *log, const char *line, struct problem *problem)
{
    int error = line_log_lock(log, problem);

    if (error) {
        return error;
    }
    error = line_log_append(log, line, problem);
    line_log_unlock(log);
    return error;
}
