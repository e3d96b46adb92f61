// disk_windows.c: files and folders by the wide names that Windows has for them.
// SPDX-License-Identifier: MIT
#include "disk.h"

#include "windows_text.h"

#include <direct.h>
#include <errno.h>
#include <io.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>

enum { MODE_BYTES = 4 };

// Calls one of Windows' functions with the wide name of `path`.
static int with_name(const char *path, int (*act)(const wchar_t *name))
{
    wchar_t *name = windows_text_wide(path);
    int result = name ? act(name) : -1;
    int why = name ? errno : ENOMEM;

    free(name);
    errno = why;
    return result;
}

enum disk_kind disk_kind(const char *path)
{
    wchar_t *name = windows_text_wide(path);
    struct _stat64 status = {0};
    bool there = name && _wstat64(name, &status) == 0;
    int why = name ? errno : ENOMEM;

    free(name);
    errno = why;
    if (!there) {
        return DISK_NOTHING;
    }
    switch (status.st_mode & _S_IFMT) {
    case _S_IFREG:
        return DISK_FILE;
    case _S_IFDIR:
        return DISK_FOLDER;
    default:
        return DISK_OTHER;
    }
}

FILE *disk_open(const char *path, const char *mode)
{
    wchar_t *name = windows_text_wide(path);
    wchar_t binary[MODE_BYTES + 1] = L"";
    size_t length = 0;

    for (; mode[length] && length + 1 < MODE_BYTES; length++) {
        binary[length] = (wchar_t)mode[length];
    }
    binary[length] = L'b';
    FILE *file = name ? _wfopen(name, binary) : NULL;
    int why = name ? errno : ENOMEM;
    free(name);
    errno = why;
    return file;
}

int disk_remove(const char *path)
{
    return with_name(path, _wunlink);
}

int disk_rename(const char *from, const char *to)
{
    wchar_t *old = windows_text_wide(from), *new = windows_text_wide(to);
    // rename() of Windows replaces nothing.
    bool moved =
        old && new &&MoveFileExW(old, new, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0;
    DWORD why = GetLastError();

    free(old);
    free(new);
    if (!moved) {
        errno = why == ERROR_FILE_NOT_FOUND || why == ERROR_PATH_NOT_FOUND ? ENOENT : EACCES;
    }
    return moved ? 0 : -1;
}

int disk_make_folder(const char *path)
{
    return with_name(path, _wmkdir);
}

int disk_remove_folder(const char *path)
{
    return with_name(path, _wrmdir);
}

static bool is_itself_or_parent(const wchar_t *name)
{
    return wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0;
}

int disk_look_into(const char *path, bool *empty)
{
    char pattern[DISK_PATH_BYTES];
    WIN32_FIND_DATAW entry;

    if (disk_kind(path) != DISK_FOLDER) {
        errno = disk_kind(path) == DISK_NOTHING ? errno : ENOTDIR;
        return -1;
    }
    int length = snprintf(pattern, sizeof pattern, "%s\\*", path);
    wchar_t *name = length < DISK_PATH_BYTES ? windows_text_wide(pattern) : NULL;
    HANDLE search = name ? FindFirstFileW(name, &entry) : INVALID_HANDLE_VALUE;
    free(name);
    if (search == INVALID_HANDLE_VALUE) {
        errno = EACCES;
        return -1;
    }
    bool more = true;
    while (more && is_itself_or_parent(entry.cFileName)) {
        more = FindNextFileW(search, &entry) != 0;
    }
    FindClose(search);
    *empty = !more;
    return 0;
}

int disk_flush(FILE *file)
{
    return fflush(file) == 0 && _commit(_fileno(file)) == 0 ? 0 : -1;
}
