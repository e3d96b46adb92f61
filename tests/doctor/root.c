// root.c: writes the files of a computer into a folder.
// SPDX-License-Identifier: MIT
#include "root.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_BYTES = 512 };

void root_make(char path[ROOT_BYTES])
{
    snprintf(path, ROOT_BYTES, "/tmp/bootleap-doctor-XXXXXX");
    assert_non_null(mkdtemp(path));
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

static void write_content(FILE *file, const char *content)
{
    for (; *content; content++) {
        if (strncmp(content, "{G}", 3) == 0) {
            fprintf(file, "%lu", (unsigned long)getgid());
            content += 2;
        } else if (*content == '\\') {
            fputc(*++content == 'n' ? '\n' : '\0', file);
        } else {
            fputc(*content, file);
        }
    }
    fputc('\n', file);
}

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    if (content) {
        write_content(file, content);
    }
    assert_int_equal(fclose(file), 0);
}

void root_add(const char *root, const char *line)
{
    char path[PATH_BYTES];
    size_t name = strcspn(line, "=");
    const char *arrow = strstr(line, "->"), *mode = strrchr(line, ':');

    if (arrow && (size_t)(arrow - line) < name) {
        name = (size_t)(arrow - line);
        snprintf(path, sizeof path, "%s%.*s", root, (int)name, line);
        make_folders(path);
        assert_int_equal(symlink(arrow + 2, path), 0);
    } else if (line[name] == '=') {
        snprintf(path, sizeof path, "%s%.*s", root, (int)name, line);
        make_folders(path);
        write_file(path, line + name + 1);
    } else if (line[strlen(line) - 1] == '/') {
        snprintf(path, sizeof path, "%s%s", root, line);
        make_folders(path);
    } else {
        assert_non_null(mode);
        snprintf(path, sizeof path, "%s%.*s", root, (int)(mode - line), line);
        make_folders(path);
        write_file(path, NULL);
        assert_int_equal(chmod(path, (mode_t)strtoul(mode + 1, NULL, 8)), 0);
    }
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

void root_remove(const char *root)
{
    assert_int_equal(nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}
