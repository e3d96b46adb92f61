// source_lines_dwarf.h: the reader of DWARF, by libdw.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_SOURCE_LINES_DWARF_H
#define BOOTLEAP_COMMON_SOURCE_LINES_DWARF_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// A source_reader. It trusts the file, so it is to run in a process of its own.
void source_lines_dwarf(const char *path, const uint32_t *addresses, size_t count, FILE *answers);

#endif
