// system_access_posix.c: who may use a file, and which group would let this user.
// SPDX-License-Identifier: MIT
#include "system_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_BYTES = 24 };

// The numbers of this program's user and groups, as Linux shows them.
static bool has_number(const char *root, const char *label, unsigned long wanted)
{
    char line[SYSTEM_LINE_BYTES], *next;

    if (!system_line(root, "/proc/self/status", label, line)) {
        return false;
    }
    for (char *at = line + strlen(label); *at; at = next) {
        unsigned long number = strtoul(at, &next, 10);
        if (next == at) {
            break;
        }
        if (number == wanted) {
            return true;
        }
    }
    return false;
}

// The name that stands with a number in a line "name:x:number:...", of passwd or group.
struct name_search {
    const char *root, *path;
    unsigned long number;
    char *line; // SYSTEM_LINE_BYTES
};

static bool line_with_number(const struct name_search *search)
{
    char path[SYSTEM_PATH_BYTES];
    bool found = false;

    snprintf(path, sizeof path, "%s%s", search->root, search->path);
    FILE *file = fopen(path, "r");
    while (file && !found && fgets(search->line, SYSTEM_LINE_BYTES, file)) {
        const char *number = strchr(search->line, ':');
        number = number ? strchr(number + 1, ':') : NULL;
        search->line[strcspn(search->line, "\n")] = '\0';
        found = number && strtoul(number + 1, NULL, 10) == search->number;
    }
    if (file) {
        fclose(file);
    }
    return found;
}

static void take_name(char name[64], const char *line)
{
    int length = (int)strcspn(line, ":");

    snprintf(name, 64, "%.*s", length, line);
}

// Whether the last field of a line of /etc/group lists the user.
static bool lists(const char *line, const char *user)
{
    const char *member = strrchr(line, ':');

    for (; member && user[0]; member = strchr(member + 1, ',')) {
        size_t length = strcspn(member + 1, ",");
        if (strlen(user) == length && strncmp(member + 1, user, length) == 0) {
            return true;
        }
    }
    return false;
}

static void name_owner(const char *root, const struct stat *about, struct system_access *access)
{
    char line[SYSTEM_LINE_BYTES];
    const struct name_search group = {root, "/etc/group", about->st_gid, line};

    snprintf(access->group, sizeof access->group, "%lu", (unsigned long)about->st_gid);
    if (line_with_number(&group)) {
        take_name(access->group, line);
        access->user_listed = lists(line, access->user);
    }
}

static void name_user(const char *root, struct system_access *access)
{
    char line[SYSTEM_LINE_BYTES];
    struct name_search user = {root, "/etc/passwd", 0, line};

    if (system_line(root, "/proc/self/status", "Uid:", line)) {
        user.number = strtoul(line + strlen("Uid:"), NULL, 10);
        if (line_with_number(&user)) {
            take_name(access->user, line);
        }
    }
}

static void write_mode(mode_t mode, char text[16])
{
    static const char letters[] = "rwxrwxrwx";

    for (int i = 0; i < 9; i++) {
        text[i] = mode >> (8 - i) & 1 ? letters[i] : '-';
    }
    text[9] = '\0';
}

// By the mode alone, as a folder that stands for / is somebody else's.
static bool mode_allows(const char *root, const struct stat *about)
{
    mode_t both = S_IROTH | S_IWOTH;

    if (has_number(root, "Uid:", 0) || (about->st_mode & both) == both) {
        return true;
    }
    both = S_IRUSR | S_IWUSR;
    if (has_number(root, "Uid:", about->st_uid)) {
        return (about->st_mode & both) == both;
    }
    both = S_IRGRP | S_IWGRP;
    return (about->st_mode & both) == both &&
           (has_number(root, "Groups:", about->st_gid) || has_number(root, "Gid:", about->st_gid));
}

void system_access(const char *root, const char *path, struct system_access *access_of)
{
    char whole[SYSTEM_PATH_BYTES];
    struct stat about;

    *access_of = (struct system_access){.is_there = false};
    if (snprintf(whole, sizeof whole, "%s%s", root, path) >= (int)sizeof whole ||
        stat(whole, &about) != 0) {
        return;
    }
    access_of->is_there = true;
    // What counts is what the system says: there are access control lists, too.
    access_of->allowed = root[0] ? mode_allows(root, &about) : access(whole, R_OK | W_OK) == 0;
    name_user(root, access_of);
    name_owner(root, &about, access_of);
    access_of->group_allowed = (about.st_mode & (S_IRGRP | S_IWGRP)) == (S_IRGRP | S_IWGRP) &&
                               strcmp(access_of->group, "root") != 0;
    write_mode(about.st_mode, access_of->mode);
}
