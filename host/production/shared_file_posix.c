// shared_file_posix.c: files that are locked by flock().
// SPDX-License-Identifier: MIT
#include "shared_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// A new file is one only when its folder is on the disk, too.
static int sync_folder(const char *path)
{
    char *copy = strdup(path);
    int folder = copy ? open(dirname(copy), O_RDONLY | O_CLOEXEC) : -1;
    int error = folder < 0 ? -1 : fsync(folder);

    if (error && errno == EINVAL) { // some file systems do not do this
        error = 0;
    }
    if (folder >= 0) {
        close(folder);
    }
    free(copy);
    return error;
}

int shared_file_open(const char *path)
{
    const int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY;
    int file = open(path, flags);

    if (file >= 0 || errno != ENOENT) {
        return file;
    }
    file = open(path, flags | O_CREAT, 0666);
    if (file >= 0 && sync_folder(path) != 0) {
        close(file);
        return -1;
    }
    return file;
}

void shared_file_close(int file)
{
    close(file);
}

int shared_file_lock(int file)
{
    int error;

    while ((error = flock(file, LOCK_EX)) != 0 && errno == EINTR) {
    }
    return error;
}

void shared_file_unlock(int file)
{
    flock(file, LOCK_UN);
}

int64_t shared_file_size(int file)
{
    struct stat status;

    return fstat(file, &status) == 0 ? (int64_t)status.st_size : -1;
}

int64_t shared_file_read(int file, uint64_t from, char *bytes, size_t size)
{
    size_t done = 0;
    ssize_t now = 1;

    while (done < size && now > 0) {
        now = pread(file, bytes + done, size - done, (off_t)(from + done));
        done += now > 0 ? (size_t)now : 0;
        now = now < 0 && errno == EINTR ? 1 : now;
    }
    return now < 0 ? -1 : (int64_t)done;
}

int shared_file_append(int file, const char *bytes, size_t size)
{
    ssize_t done;

    while ((done = write(file, bytes, size)) < 0 && errno == EINTR) {
    }
    if (done >= 0 && (size_t)done < size) {
        errno = ENOSPC;
        return -1;
    }
    return done < 0 ? -1 : fsync(file);
}

int shared_file_cut(int file, uint64_t size)
{
    return ftruncate(file, (off_t)size);
}
