// shared_file_windows.c: files that are locked by LockFileEx().
// SPDX-License-Identifier: MIT
#include "shared_file.h"

#include "windows_text.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>

// The byte that stands for the file, far behind its end: what is locked, nobody else can read.
static OVERLAPPED lock_place(void)
{
    return (OVERLAPPED){.Offset = 0, .OffsetHigh = 0x40000000};
}

int shared_file_open(const char *path)
{
    wchar_t *name = windows_text_wide(path);
    int file = name ? _wopen(name, _O_RDWR | _O_APPEND | _O_CREAT | _O_BINARY | _O_NOINHERIT,
                             _S_IREAD | _S_IWRITE)
                    : -1;
    int why = name ? errno : ENOMEM;

    free(name);
    errno = why;
    return file;
}

void shared_file_close(int file)
{
    _close(file);
}

int shared_file_lock(int file)
{
    OVERLAPPED place = lock_place();

    if (LockFileEx((HANDLE)_get_osfhandle(file), LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &place)) {
        return 0;
    }
    errno = EACCES;
    return -1;
}

void shared_file_unlock(int file)
{
    OVERLAPPED place = lock_place();

    UnlockFileEx((HANDLE)_get_osfhandle(file), 0, 1, 0, &place);
}

int64_t shared_file_size(int file)
{
    return _filelengthi64(file);
}

int64_t shared_file_read(int file, uint64_t from, char *bytes, size_t size)
{
    size_t done = 0;
    int now = 1;

    if (_lseeki64(file, (int64_t)from, SEEK_SET) < 0) {
        return -1;
    }
    while (done < size && now > 0) {
        size_t left = size - done;
        now = _read(file, bytes + done, left < INT_MAX ? (unsigned)left : INT_MAX);
        done += now > 0 ? (size_t)now : 0;
    }
    return now < 0 ? -1 : (int64_t)done;
}

int shared_file_append(int file, const char *bytes, size_t size)
{
    int done = _write(file, bytes, (unsigned)size);

    if (done >= 0 && (size_t)done < size) {
        errno = ENOSPC;
        return -1;
    }
    return done < 0 ? -1 : _commit(file);
}

int shared_file_cut(int file, uint64_t size)
{
    errno_t error = _chsize_s(file, (int64_t)size);

    errno = error;
    return error ? -1 : 0;
}
