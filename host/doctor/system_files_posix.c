// system_files_posix.c: reads files of this computer, or of a folder that stands for it.
// SPDX-License-Identifier: MIT
#include "system_files.h"

#include "flock_holder.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// False where the path is too long.
static bool place(char whole[SYSTEM_PATH_BYTES], const char *root, const char *path)
{
    return snprintf(whole, SYSTEM_PATH_BYTES, "%s%s", root, path) < SYSTEM_PATH_BYTES;
}

bool system_exists(const char *root, const char *path)
{
    char whole[SYSTEM_PATH_BYTES];

    return place(whole, root, path) && access(whole, F_OK) == 0;
}

// One line, or what of it there is room for. The arguments of a program end with zeroes, which
// become spaces. False at the end of the file.
static bool next_line(FILE *file, char line[SYSTEM_LINE_BYTES])
{
    size_t length = 0;
    int byte = fgetc(file);
    bool any = byte != EOF;

    for (; byte != EOF && byte != '\n'; byte = fgetc(file)) {
        if (length + 1 < SYSTEM_LINE_BYTES) {
            line[length++] = byte ? (char)byte : ' ';
        }
    }
    line[length] = '\0';
    return any;
}

bool system_line(const char *root, const char *path, const char *start,
                 char line[SYSTEM_LINE_BYTES])
{
    char whole[SYSTEM_PATH_BYTES];
    FILE *file = place(whole, root, path) ? fopen(whole, "r") : NULL;
    bool found = false;

    while (file && !found && next_line(file, line)) {
        found = strncmp(line, start, strlen(start)) == 0;
    }
    if (file) {
        fclose(file);
    }
    return found;
}

bool system_link(const char *root, const char *path, char target[SYSTEM_PATH_BYTES])
{
    char whole[SYSTEM_PATH_BYTES];
    ssize_t length = place(whole, root, path) ? readlink(whole, target, SYSTEM_PATH_BYTES - 1) : -1;

    target[length > 0 ? length : 0] = '\0';
    return length > 0;
}

bool system_any(const char *root, const char *path, bool (*visit)(const char *name, void *context),
                void *context)
{
    char whole[SYSTEM_PATH_BYTES];
    const struct dirent *entry;
    DIR *folder = place(whole, root, path) ? opendir(whole) : NULL;
    bool found = false;

    while (folder && !found && (entry = readdir(folder)) != NULL) {
        found = entry->d_name[0] != '.' && visit(entry->d_name, context);
    }
    if (folder) {
        closedir(folder);
    }
    return found;
}

// A search for a program.
struct process {
    const char *root, *name;
    unsigned long pid;
};

static bool is_process(const char *pid, void *context)
{
    struct process *process = context;
    char path[SYSTEM_PATH_BYTES], line[SYSTEM_LINE_BYTES];

    if (!isdigit((unsigned char)pid[0])) {
        return false;
    }
    snprintf(path, sizeof path, "/proc/%s/comm", pid);
    bool found = system_line(process->root, path, "", line) && strcmp(line, process->name) == 0;
    process->pid = found ? strtoul(pid, NULL, 10) : 0;
    return found;
}

unsigned long system_process(const char *root, const char *name)
{
    struct process process = {.root = root, .name = name};

    system_any(root, "/proc", is_process, &process);
    return process.pid;
}

bool system_is_windows(void)
{
    return false;
}

bool system_lock_holder(struct port_holder *holder, const char *root, const char *port)
{
    return (root[0] == '\0' && flock_holder_find(holder, port)) ||
           port_holder_find(holder, root, port);
}
