// source_lines_with.c: a build that has libdw reads lines by it.
// SPDX-License-Identifier: MIT
#include "source_lines.h"
#include "source_lines_dwarf.h"

bool source_lines_can_be_read(void)
{
    return true;
}

bool source_lines_read(struct source_lines *lines, const char *path, const uint32_t *addresses,
                       size_t count)
{
    return source_lines_read_by(lines, source_lines_dwarf, SOURCE_LINES_MS, path, addresses, count);
}
