// disk_posix.c: files and folders where names are bytes.
// SPDX-License-Identifier: MIT
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum disk_kind disk_kind(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        return DISK_NOTHING;
    }
    return S_ISREG(status.st_mode) ? DISK_FILE : S_ISDIR(status.st_mode) ? DISK_FOLDER : DISK_OTHER;
}

FILE *disk_open(const char *path, const char *mode)
{
    return fopen(path, mode);
}

int disk_remove(const char *path)
{
    return unlink(path);
}

int disk_rename(const char *from, const char *to)
{
    return rename(from, to);
}

int disk_make_folder(const char *path)
{
    return mkdir(path, 0777);
}

int disk_remove_folder(const char *path)
{
    return rmdir(path);
}

int disk_look_into(const char *path, bool *empty)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (folder == NULL) {
        return -1;
    }
    *empty = true;
    errno = 0;
    // cppcheck-suppress readdirCalled // nobody else reads this folder stream
    while (*empty && (entry = readdir(folder)) != NULL) {
        *empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    int why = errno;
    closedir(folder);
    errno = why;
    return why == 0 ? 0 : -1;
}

int disk_flush(FILE *file)
{
    return fflush(file) == 0 && fsync(fileno(file)) == 0 ? 0 : -1;
}
