// disk.h: files and folders, by names in UTF-8 on every system.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DISK_H
#define BOOTLEAP_COMMON_DISK_H

#include <stdbool.h>
#include <stdio.h>

// For a path that is put together.
enum { DISK_PATH_BYTES = 4096 };

// DISK_NOTHING also where nobody may look; errno says why.
enum disk_kind { DISK_NOTHING, DISK_FILE, DISK_FOLDER, DISK_OTHER };

enum disk_kind disk_kind(const char *path);

// All of these return 0, or -1 with errno. disk_open() is fopen(): NULL with errno. The bytes of a
// file are never changed on the way, so `mode` needs no "b".
FILE *disk_open(const char *path, const char *mode);
int disk_remove(const char *path);
int disk_rename(const char *from, const char *to); // replaces `to`
int disk_make_folder(const char *path);
int disk_remove_folder(const char *path); // an empty one
int disk_look_into(const char *path, bool *empty);

// Returns once the disk has what was written.
int disk_flush(FILE *file);

#endif
