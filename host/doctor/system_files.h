// system_files.h: what Linux tells about itself in files, in /proc, /sys, /run, and /etc.
// SPDX-License-Identifier: MIT
//
// `root` is "", or a folder that stands for / (in tests). Where there are no such files, as on
// other systems, nothing is there; a port counts as one that is there and may be opened.
#ifndef BOOTLEAP_HOST_SYSTEM_FILES_H
#define BOOTLEAP_HOST_SYSTEM_FILES_H

#include "port_holder.h"

#include <stdbool.h>
#include <stddef.h>

enum { SYSTEM_PATH_BYTES = 512, SYSTEM_LINE_BYTES = 256 };

// Whether there is something with this path; what it is does not matter.
bool system_exists(const char *root, const char *path);

// The first line that begins with `start`, without its newline. False where there is none.
bool system_line(const char *root, const char *path, const char *start,
                 char line[SYSTEM_LINE_BYTES]);

// What a symbolic link holds. False where there is none.
bool system_link(const char *root, const char *path, char target[SYSTEM_PATH_BYTES]);

// Calls `visit` for each entry of a folder until it returns true, and returns that.
bool system_any(const char *root, const char *path, bool (*visit)(const char *name, void *context),
                void *context);

// The number of a program of this name that runs; 0: none does.
unsigned long system_process(const char *root, const char *name);

// The program that locks a port, or has it open. False where none is known.
bool system_lock_holder(struct port_holder *holder, const char *root, const char *port);

bool system_is_windows(void);

// Who may read and write a file.
struct system_access {
    bool is_there;
    bool allowed;       // this user may
    bool group_allowed; // the members of the group may, and it is not that of root
    bool user_listed;   // this user is one by /etc/group
    char user[64];      // "" where /etc/passwd does not say
    char group[64];     // the number where /etc/group does not say
    char mode[16];      // "rw-rw----"
};

void system_access(const char *root, const char *path, struct system_access *access);

#endif
