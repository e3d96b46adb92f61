// ask_find.c: takes a sequence out of the program or reads its file.
// SPDX-License-Identifier: MIT
#include "ask_find.h"

#include "ask_parse.h"
#include "ask_peers.h"
#include "disk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_BYTES = 16384 };

static int no_file(const char *name, int error, struct problem *problem)
{
    if (error == ENOENT && strpbrk(name, "./\\") == NULL) {
        return problem_set(problem, EXIT_USAGE, "`bootleap enter --help` lists the ways; or a file",
                           "--ask %s: no way to ask is called that, and no file", name);
    }
    return problem_set(problem, EXIT_USAGE, "the path of a file that can be read", "--ask %s: %s",
                       name, strerror(error));
}

static int read_file(struct ask_sequence *sequence, const char *name, struct problem *problem)
{
    FILE *file = disk_open(name, "r");
    char bytes[FILE_BYTES];

    if (file == NULL) {
        return no_file(name, errno, problem);
    }
    errno = 0;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    int error = ferror(file) ? errno : 0;
    fclose(file);
    if (error) {
        return no_file(name, error, problem);
    }
    if (size == sizeof bytes) {
        return problem_set(problem, EXIT_USAGE, "docs/getting-in.md",
                           "--ask %s: more than 16 KB: that is no sequence", name);
    }
    return ask_parse(sequence, name, bytes, size, problem);
}

int ask_find(struct ask_sequence *sequence, const char *name, struct problem *problem)
{
    for (const struct ask_peer *peer = ask_peers; peer->name; peer++) {
        if (strcmp(peer->name, name) == 0) {
            return ask_parse(sequence, name, (const char *)peer->bytes, peer->size, problem);
        }
    }
    return read_file(sequence, name, problem);
}
