// source_lines_without.c: a build without libdw, or without processes, knows no lines.
// SPDX-License-Identifier: MIT
#include "source_lines.h"

bool source_lines_can_be_read(void)
{
    return false;
}

bool source_lines_read(struct source_lines *lines, const char *path, const uint32_t *addresses,
                       size_t count)
{
    (void)path;
    (void)addresses;
    (void)count;
    *lines = (struct source_lines){0};
    return false;
}

void source_lines_close(struct source_lines *lines)
{
    *lines = (struct source_lines){0};
}
