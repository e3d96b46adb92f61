// flock_holder_posix.c: reads the list of locks that Linux shows in /proc/locks.
// SPDX-License-Identifier: MIT
//
// A line is "1: FLOCK  ADVISORY  WRITE 1234 00:05:378 0 EOF": pid, then the device of the file, as
// two hexadecimal numbers, and its inode (proc_locks(5)).
#include "flock_holder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { LINE_BYTES = 256 };

// The pid of a line that is about this file; 0 of any other line.
static unsigned long pid_of(const char *line, const struct stat *file)
{
    unsigned device_major, device_minor;
    unsigned long pid, inode;

    return sscanf(line, "%*s FLOCK %*s %*s %lu %x:%x:%lu", &pid, &device_major, &device_minor,
                  &inode) == 4 &&
                   inode == file->st_ino && device_major == major(file->st_dev) &&
                   device_minor == minor(file->st_dev)
               ? pid
               : 0;
}

bool flock_holder_find(struct port_holder *holder, const char *port)
{
    char line[LINE_BYTES];
    unsigned long pid = 0;
    struct stat file;

    FILE *locks = stat(port, &file) == 0 ? fopen("/proc/locks", "r") : NULL;
    while (locks && pid == 0 && fgets(line, sizeof line, locks)) {
        pid = pid_of(line, &file);
    }
    if (locks) {
        fclose(locks);
    }
    return port_holder_of_pid(holder, "", pid);
}
