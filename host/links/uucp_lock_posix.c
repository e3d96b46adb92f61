// uucp_lock_posix.c: makes and removes lock files of serial ports.
// SPDX-License-Identifier: MIT
#include "uucp_lock.h"

#include "port_holder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OWN_PATH_BYTES = UUCP_LOCK_PATH_BYTES + 24,
    TEXT_BYTES = 32,
    TRIES = 3,
    UNREADABLE = -1, // instead of a pid
};

// All links to a port have one lock: that of the device itself, "pts/3" as "pts_3". False where
// the name is too long.
static bool set_path(struct uucp_lock *lock, const char *folder, const char *port)
{
    char *real = realpath(port, NULL);
    const char *name = real ? real : port;

    name += strncmp(name, "/dev/", 5) == 0 ? 5 : 0;
    int length = snprintf(lock->path, sizeof lock->path, "%s/LCK..%s", folder, name);
    for (char *at = lock->path + strlen(folder) + 1; *at; at++) {
        *at = *at == '/' ? '_' : *at;
    }
    free(real);
    return length < (int)sizeof lock->path;
}

// The pid in a lock file: text, or from old programs the number itself. 0: there is no file.
static long read_pid(const char *path)
{
    char text[TEXT_BYTES + 1], *end;
    int number;

    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT ? 0 : UNREADABLE;
    }
    ssize_t size = read(file, text, TEXT_BYTES);
    close(file);
    text[size > 0 ? size : 0] = '\0';
    errno = 0;
    long pid = strtol(text, &end, 10);
    if (end == text && size == (ssize_t)sizeof number) {
        memcpy(&number, text, sizeof number);
        pid = number;
    }
    return errno == 0 && pid > 0 ? pid : UNREADABLE;
}

// A file appears under its name with its pid in it, or not at all. 0, or errno.
static int make(const char *path)
{
    char own[OWN_PATH_BYTES];

    snprintf(own, sizeof own, "%s.%ld", path, (long)getpid());
    int file = open(own, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) {
        return errno;
    }
    int written = dprintf(file, "%10ld\n", (long)getpid());
    int error = written < 0 ? errno : 0;
    close(file);
    if (error == 0 && link(own, path) != 0) {
        error = errno;
    }
    unlink(own);
    return error;
}

// Whether somebody has the lock. 0: nobody, or nobody any more.
static int look(const struct uucp_lock *lock, const char *port, struct problem *problem)
{
    struct port_holder holder;
    char advice[OWN_PATH_BYTES + 48];

    long pid = read_pid(lock->path);
    if (pid == UNREADABLE) {
        snprintf(advice, sizeof advice, "rm %s, if no program uses the port", lock->path);
        problem_set(problem, EXIT_FAILED, advice,
                    "open %s: port busy: its lock file %s does not say who holds it", port,
                    lock->path);
        return problem_blame(problem, FAULT_COMPUTER);
    }
    if (pid == 0 || pid == (long)getpid() || !port_holder_of_pid(&holder, "", (unsigned long)pid)) {
        return 0;
    }
    problem_set(problem, EXIT_FAILED, "close that program",
                "open %s: port busy, held by pid %lu (%s), says its lock file %s", port, holder.pid,
                holder.name[0] ? holder.name : "?", lock->path);
    return problem_blame(problem, FAULT_COMPUTER);
}

int uucp_lock_take(struct uucp_lock *lock, const char *folder, const char *port,
                   struct problem *problem)
{
    int error = EEXIST;

    if (folder == NULL || !set_path(lock, folder, port)) {
        lock->path[0] = '\0';
        return 0;
    }
    for (int tries = 0; error == EEXIST && tries < TRIES; tries++) {
        int busy = look(lock, port, problem);
        if (busy) {
            lock->path[0] = '\0';
            return busy;
        }
        if (unlink(lock->path) != 0 && errno != ENOENT) { // not ours to remove
            break;
        }
        error = make(lock->path);
    }
    if (error) {
        lock->path[0] = '\0';
    }
    return 0;
}

void uucp_lock_end(struct uucp_lock *lock)
{
    if (lock->path[0] && read_pid(lock->path) == (long)getpid()) {
        unlink(lock->path);
    }
    lock->path[0] = '\0';
}
