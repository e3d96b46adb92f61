// port_holder_posix.c: looks through the open files of all programs, as Linux shows them in /proc.
// SPDX-License-Identifier: MIT
#include "port_holder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Whether this link, an open file of a program, leads to the port.
static bool leads_to(const char *link, const char *port)
{
    char target[PATH_MAX];
    ssize_t length = readlink(link, target, sizeof target - 1);

    if (length < 0) {
        return false;
    }
    target[length] = '\0';
    return strcmp(target, port) == 0;
}

// Whether the program with this folder in /proc has the port open. *hidden is set where nobody
// tells us.
static bool has_open(const char *process, const char *port, bool *hidden)
{
    char files[PATH_MAX], link[PATH_MAX];
    const struct dirent *entry;
    bool found = false;

    if (snprintf(files, sizeof files, "%s/fd", process) >= (int)sizeof files) {
        return false;
    }
    DIR *folder = opendir(files);
    if (folder == NULL) {
        *hidden |= errno == EACCES || errno == EPERM;
        return false;
    }
    while (!found && (entry = readdir(folder)) != NULL) {
        found = snprintf(link, sizeof link, "%s/%s", files, entry->d_name) < (int)sizeof link &&
                leads_to(link, port);
    }
    closedir(folder);
    return found;
}

static void read_name(const char *process, char name[PORT_HOLDER_NAME_BYTES])
{
    char path[PATH_MAX];
    FILE *file = snprintf(path, sizeof path, "%s/comm", process) < (int)sizeof path
                     ? fopen(path, "r")
                     : NULL;

    bool is_there = file && fgets(name, PORT_HOLDER_NAME_BYTES, file);
    if (file) {
        fclose(file);
    }
    name[is_there ? strcspn(name, "\n") : 0] = '\0';
}

static bool find(struct port_holder *holder, const char *processes, const char *port)
{
    char process[PATH_MAX];
    const struct dirent *entry;
    DIR *folder = opendir(processes);
    bool found = false;

    while (folder && !found && (entry = readdir(folder)) != NULL) {
        unsigned long pid = isdigit((unsigned char)entry->d_name[0])
                                ? strtoul(entry->d_name, NULL, 10)
                                : (unsigned long)getpid();
        found = pid != (unsigned long)getpid() &&
                snprintf(process, sizeof process, "%s/%s", processes, entry->d_name) <
                    (int)sizeof process &&
                has_open(process, port, &holder->hidden);
        if (found) {
            holder->pid = pid;
            read_name(process, holder->name);
        }
    }
    if (folder) {
        closedir(folder);
    }
    return found;
}

bool port_holder_find(struct port_holder *holder, const char *root, const char *port)
{
    static const char scheme[] = "serial:";
    char processes[PATH_MAX], path[PATH_MAX];

    *holder = (struct port_holder){.pid = 0};
    if (strncmp(port, scheme, sizeof scheme - 1) == 0) {
        port += sizeof scheme - 1;
    }
    // udev makes links to ports. The ports of a folder that stands for / are not there.
    char *real = root[0] ? NULL : realpath(port, path);
    bool found = snprintf(processes, sizeof processes, "%s/proc", root) < (int)sizeof processes &&
                 find(holder, processes, real ? real : port);
    holder->hidden &= !found;
    return found;
}

bool port_holder_of_pid(struct port_holder *holder, const char *root, unsigned long pid)
{
    char process[PATH_MAX];

    *holder = (struct port_holder){.pid = pid};
    // 0 and less would mean groups of programs. EPERM: it runs, and is another user's.
    if (pid == 0 || pid > INT_MAX || (kill((pid_t)pid, 0) != 0 && errno != EPERM)) {
        return false;
    }
    if (snprintf(process, sizeof process, "%s/proc/%lu", root, pid) < (int)sizeof process) {
        read_name(process, holder->name);
    }
    return true;
}
