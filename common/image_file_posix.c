// image_file_posix.c: reads a whole file into memory, and notices when it is not what it seems.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// An ELF with debug information is far larger than its firmware; beyond this it is no firmware.
enum { FILE_MAX_BYTES = 256 * 1024 * 1024, FIRST_ROOM = 65536 };
// How long a pipe may have no writer, and how long one that has a writer may be silent.
enum { STEP_MS = 50, STEPS_WITHOUT_WRITER = 20, SILENT_MS = 10000 };

static const char in_its_place[] = "the firmware file in its place";

static int refuse_kind(const char *path, mode_t mode, struct problem *problem)
{
    const char *kind = S_ISDIR(mode)                     ? "Is a directory"
                       : S_ISCHR(mode) || S_ISBLK(mode)  ? "a device, not a file"
                       : S_ISREG(mode) || S_ISFIFO(mode) ? NULL
                                                         : "not a file";

    return kind ? problem_set(problem, EXIT_USAGE, in_its_place, "open %s: %s", path, kind) : 0;
}

static int refuse_open(const char *path, struct problem *problem)
{
    const char *advice =
        errno == EACCES ? "permission to read it" : "check the name and the folder";

    return problem_set(problem, EXIT_USAGE, advice, "open %s: %s", path, strerror(errno));
}

// Opens without waiting: a pipe may have nobody at its other end, a terminal never ends.
static int open_file(const char *path, int *fd, struct stat *status, struct problem *problem)
{
    *fd = -1;
    if (stat(path, status) != 0) {
        return refuse_open(path, problem);
    }
    int error = refuse_kind(path, status->st_mode, problem);
    if (error) {
        return error;
    }
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (*fd < 0 || fstat(*fd, status) != 0) {
        return refuse_open(path, problem);
    }
    error = refuse_kind(path, status->st_mode, problem);
    if (error == 0 && status->st_size > FILE_MAX_BYTES) {
        return problem_set(problem, EXIT_USAGE, in_its_place,
                           "%s: too large for a firmware, at most %d MB", path,
                           FILE_MAX_BYTES / (1024 * 1024));
    }
    return error;
}

static int make_room(struct source *source, size_t *room, struct problem *problem)
{
    if (source->size < *room) {
        return 0;
    }
    *room = *room ? 2 * *room : FIRST_ROOM;
    uint8_t *bigger = *room <= FILE_MAX_BYTES ? realloc(source->bytes, *room) : NULL;
    if (bigger == NULL) {
        return problem_set(problem, EXIT_USAGE, in_its_place,
                           "%s: too large for a firmware, at most %d MB", source->path,
                           FILE_MAX_BYTES / (1024 * 1024));
    }
    source->bytes = bigger;
    return 0;
}

// What to do when a read got nothing: 0 to try again, -1 at the end of the file, or the exit code
// that was put into *problem. *steps counts how often a pipe had no writer.
static int wait_for_more(const struct source *source, int fd, ssize_t got, bool pipe,
                         unsigned *steps, struct problem *problem)
{
    struct pollfd writer = {.fd = fd, .events = POLLIN};

    if (got == 0 && pipe && source->size == 0 && (*steps)++ < STEPS_WITHOUT_WRITER) {
        poll(NULL, 0, STEP_MS);
        return 0;
    }
    if (got == 0 && pipe && source->size == 0) {
        return problem_set(problem, EXIT_USAGE, "start what writes into it first",
                           "read %s: a pipe that nobody writes into", source->path);
    }
    if (got == 0) {
        return -1;
    }
    if (errno == EINTR) {
        return 0;
    }
    if (errno == EAGAIN && poll(&writer, 1, SILENT_MS) == 0) {
        return problem_set(problem, EXIT_USAGE, "look at what writes into it",
                           "read %s: nothing came through this pipe for %d s", source->path,
                           SILENT_MS / 1000);
    }
    return errno == EAGAIN ? 0
                           : problem_set(problem, EXIT_USAGE, in_its_place, "read %s: %s",
                                         source->path, strerror(errno));
}

static int read_all(struct source *source, int fd, bool pipe, struct problem *problem)
{
    size_t room = 0;
    unsigned steps = 0;

    for (;;) {
        int error = make_room(source, &room, problem);
        if (error) {
            return error;
        }
        ssize_t got = read(fd, source->bytes + source->size, room - source->size);
        if (got > 0) {
            source->size += (size_t)got;
            continue;
        }
        error = wait_for_more(source, fd, got, pipe, &steps, problem);
        if (error) {
            return error < 0 ? 0 : error;
        }
    }
}

// A linker may be writing this file, or have put another one in its place. Files of the kernel have
// no size, and are never another one.
static int check_unchanged(const struct source *source, int fd, const struct stat *before,
                           struct problem *problem)
{
    struct stat after, named;

    if (!S_ISREG(before->st_mode) || (before->st_size == 0 && source->size)) {
        return 0;
    }
    if (fstat(fd, &after) == 0 && stat(source->path, &named) == 0 &&
        (size_t)after.st_size == source->size && before->st_size == after.st_size &&
        before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
        before->st_mtim.tv_nsec == after.st_mtim.tv_nsec && named.st_dev == after.st_dev &&
        named.st_ino == after.st_ino) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "again, when the build has ended",
                       "read %s: the file changed while it was read", source->path);
}

int image_file_read(struct source *source, struct problem *problem)
{
    struct stat before;
    int fd;

    int error = open_file(source->path, &fd, &before, problem);
    if (error == 0) {
        error = read_all(source, fd, S_ISFIFO(before.st_mode), problem);
    }
    if (error == 0) {
        error = check_unchanged(source, fd, &before, problem);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (error == 0 && source->size == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: the file is empty", source->path);
    }
    return error;
}
