// uucp_lock_folder_posix.c: finds the folder of lock files.
// SPDX-License-Identifier: MIT
#include "uucp_lock.h"

#include <stddef.h>
#include <sys/stat.h>

const char *uucp_lock_folder(void)
{
    static const char *const folders[] = {"/var/lock", "/run/lock"};
    struct stat is;

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (stat(folders[i], &is) == 0 && S_ISDIR(is.st_mode)) {
            return folders[i];
        }
    }
    return NULL;
}
