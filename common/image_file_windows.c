// image_file_windows.c: reads a whole file into memory, and notices when it is not what it seems.
// SPDX-License-Identifier: MIT
#include "image_reader.h"

#include "disk.h"

#include <errno.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

// An ELF with debug information is far larger than its firmware; beyond this it is no firmware.
enum { FILE_MAX_BYTES = 256 * 1024 * 1024 };

static const char in_its_place[] = "the firmware file in its place";

static int refuse_open(const char *path, struct problem *problem)
{
    const char *advice =
        errno == EACCES ? "permission to read it" : "check the name and the folder";

    return problem_set(problem, EXIT_USAGE, advice, "open %s: %s", path, strerror(errno));
}

// The file behind a name, or a problem.
static int open_file(const char *path, FILE **file, BY_HANDLE_FILE_INFORMATION *is,
                     struct problem *problem)
{
    if (disk_kind(path) == DISK_FOLDER) {
        return problem_set(problem, EXIT_USAGE, in_its_place, "open %s: Is a directory", path);
    }
    *file = disk_open(path, "r");
    if (*file == NULL) {
        return refuse_open(path, problem);
    }
    HANDLE handle = (HANDLE)_get_osfhandle(_fileno(*file));
    if (GetFileType(handle) != FILE_TYPE_DISK || !GetFileInformationByHandle(handle, is)) {
        return problem_set(problem, EXIT_USAGE, in_its_place, "open %s: a device, not a file",
                           path);
    }
    if (is->nFileSizeHigh || is->nFileSizeLow > FILE_MAX_BYTES) {
        return problem_set(problem, EXIT_USAGE, in_its_place,
                           "%s: too large for a firmware, at most %d MB", path,
                           FILE_MAX_BYTES / (1024 * 1024));
    }
    return 0;
}

// One byte more than the file had is asked for: it may be growing.
static int read_all(struct source *source, FILE *file, size_t size, struct problem *problem)
{
    source->bytes = malloc(size + 1);
    if (source->bytes == NULL) {
        return problem_no_memory(problem, "read %s", source->path);
    }
    source->size = fread(source->bytes, 1, size + 1, file);
    if (ferror(file)) {
        return problem_set(problem, EXIT_USAGE, in_its_place, "read %s: %s", source->path,
                           strerror(errno));
    }
    return 0;
}

static bool same(const BY_HANDLE_FILE_INFORMATION *one, const BY_HANDLE_FILE_INFORMATION *other)
{
    return one->nFileSizeLow == other->nFileSizeLow &&
           one->ftLastWriteTime.dwLowDateTime == other->ftLastWriteTime.dwLowDateTime &&
           one->ftLastWriteTime.dwHighDateTime == other->ftLastWriteTime.dwHighDateTime &&
           one->dwVolumeSerialNumber == other->dwVolumeSerialNumber &&
           one->nFileIndexHigh == other->nFileIndexHigh &&
           one->nFileIndexLow == other->nFileIndexLow;
}

// A linker may be writing this file, or have put another one in its place.
static int check_unchanged(const struct source *source, const BY_HANDLE_FILE_INFORMATION *before,
                           struct problem *problem)
{
    BY_HANDLE_FILE_INFORMATION now;
    struct problem ignored;
    FILE *named = NULL;

    bool is_same = open_file(source->path, &named, &now, &ignored) == 0 && same(before, &now) &&
                   source->size == before->nFileSizeLow;
    if (named) {
        fclose(named);
    }
    return is_same ? 0
                   : problem_set(problem, EXIT_USAGE, "again, when the build has ended",
                                 "read %s: the file changed while it was read", source->path);
}

int image_file_read(struct source *source, struct problem *problem)
{
    BY_HANDLE_FILE_INFORMATION before;
    FILE *file = NULL;

    int error = open_file(source->path, &file, &before, problem);
    if (error == 0) {
        error = read_all(source, file, before.nFileSizeLow, problem);
    }
    if (error == 0) {
        error = check_unchanged(source, &before, problem);
    }
    if (file) {
        fclose(file);
    }
    if (error == 0 && source->size == 0) {
        return problem_set(problem, EXIT_USAGE, "did the build end with an error?",
                           "%s: the file is empty", source->path);
    }
    return error;
}
