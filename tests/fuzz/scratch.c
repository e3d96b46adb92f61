// scratch.c: a file in memory, and what every refusal must look like.
// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct scratch scratch_open(const uint8_t *bytes, size_t size)
{
    struct scratch scratch = {.fd = memfd_create("fuzz", MFD_CLOEXEC)};

    if (scratch.fd < 0 || write(scratch.fd, bytes, size) != (ssize_t)size) {
        perror("scratch_open");
        exit(EXIT_FAILED);
    }
    snprintf(scratch.path, sizeof scratch.path, "/proc/self/fd/%d", scratch.fd);
    return scratch;
}

void scratch_close(struct scratch *scratch)
{
    close(scratch->fd);
}

void fuzz_check_refusal(int error, const struct problem *problem)
{
    if ((error != EXIT_USAGE && error != EXIT_FAILED) || (int)problem->code != error ||
        !problem->what[0]) {
        fprintf(stderr, "refused with %d, and the words \"%s\"\n", error, problem->what);
        abort();
    }
}
