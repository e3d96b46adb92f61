// system_files_windows.c: Windows has none of these files.
// SPDX-License-Identifier: MIT
#include "system_files.h"

bool system_exists(const char *root, const char *path)
{
    (void)root;
    (void)path;
    return false;
}

bool system_line(const char *root, const char *path, const char *start,
                 char line[SYSTEM_LINE_BYTES])
{
    (void)root;
    (void)path;
    (void)start;
    line[0] = '\0';
    return false;
}

bool system_link(const char *root, const char *path, char target[SYSTEM_PATH_BYTES])
{
    (void)root;
    (void)path;
    target[0] = '\0';
    return false;
}

bool system_any(const char *root, const char *path, bool (*visit)(const char *name, void *context),
                void *context)
{
    (void)root;
    (void)path;
    (void)visit;
    (void)context;
    return false;
}

unsigned long system_process(const char *root, const char *name)
{
    (void)root;
    (void)name;
    return 0;
}

bool system_lock_holder(struct port_holder *holder, const char *root, const char *port)
{
    return port_holder_find(holder, root, port);
}

bool system_is_windows(void)
{
    return true;
}

// Whether a port is there is found out by opening it.
void system_access(const char *root, const char *path, struct system_access *access)
{
    (void)root;
    (void)path;
    *access = (struct system_access){.is_there = true, .allowed = true};
}
