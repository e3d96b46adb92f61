// example_folder.c: makes the folder and the files, and takes them away again if one fails.
// SPDX-License-Identifier: MIT
#include "example_folder.h"
#include "disk.h"
#include "example_files.h"
#include "example_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct work {
    const char *folder;
    bool made_folder;
    size_t files; // that were begun
};

static int require_empty(struct work *work, struct problem *problem)
{
    bool empty = true;

    bool there = disk_look_into(work->folder, &empty) == 0;
    int why = errno;
    if (!there && why != ENOENT) {
        return problem_set(problem, EXIT_USAGE, "another folder", "%s: %s", work->folder,
                           strerror(why));
    }
    if (!empty) {
        return problem_set(problem, EXIT_USAGE, "a new folder", "%s is not empty", work->folder);
    }
    if (!there && disk_make_folder(work->folder) != 0) {
        why = errno;
        return problem_set(problem, EXIT_USAGE,
                           why == ENOENT ? "a folder whose parent is there"
                                         : "another folder, where you can write",
                           "%s: %s", work->folder, strerror(why));
    }
    work->made_folder = !there;
    return 0;
}

// The path of a file of the project. False if it is too long.
static bool path_of(const struct work *work, const char *name, size_t length,
                    char path[DISK_PATH_BYTES])
{
    int written = snprintf(path, DISK_PATH_BYTES, "%s/%.*s", work->folder, (int)length, name);

    return written > 0 && written < DISK_PATH_BYTES;
}

static size_t folder_length(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? (size_t)(slash - name) : 0;
}

static int write_file(const struct work *work, const struct example_file *file,
                      const struct example_board *board, const char *version)
{
    char path[DISK_PATH_BYTES];
    size_t folder = folder_length(file->name);

    if (folder && (!path_of(work, file->name, folder, path) ||
                   (disk_make_folder(path) != 0 && errno != EEXIST))) {
        return -1;
    }
    FILE *out = path_of(work, file->name, strlen(file->name), path) ? disk_open(path, "w") : NULL;
    if (out == NULL) {
        return -1;
    }
    example_text_write(out, file, board, version);
    bool failed = ferror(out) != 0;
    return fclose(out) != 0 || failed ? -1 : 0;
}

static void remove_all(const struct work *work)
{
    char path[DISK_PATH_BYTES];

    for (size_t i = work->files; i-- > 0;) {
        const char *name = example_files[i].name;
        size_t folder = folder_length(name);
        if (path_of(work, name, strlen(name), path)) {
            disk_remove(path);
        }
        if (folder && path_of(work, name, folder, path)) {
            disk_remove_folder(path); // fails until its last file has gone
        }
    }
    if (work->made_folder) {
        disk_remove_folder(work->folder);
    }
}

int example_folder_write(const char *folder, const struct example_board *board, const char *version,
                         struct problem *problem)
{
    struct work work = {.folder = folder};

    int error = require_empty(&work, problem);
    if (error) {
        return error;
    }
    for (const struct example_file *file = example_files; file->name; file++) {
        work.files++;
        if (write_file(&work, file, board, version) != 0) {
            problem_set(problem, EXIT_USAGE, "a folder that can be written, on a disk with room",
                        "%s/%s: %s", folder, file->name, strerror(errno));
            remove_all(&work);
            return EXIT_USAGE;
        }
    }
    return 0;
}
