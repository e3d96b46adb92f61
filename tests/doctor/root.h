// root.h: a folder that stands for a computer: its /proc, /sys, /run, /etc, and /dev.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_ROOT_H
#define BOOTLEAP_TESTS_ROOT_H

enum { ROOT_BYTES = 64 };

// Makes an empty one, and writes its path.
void root_make(char path[ROOT_BYTES]);

// Adds what a line says, with the folders above it:
//     "/proc/812/comm=minicom"         a file with this content; \n and \0 are understood
//     "/proc/812/fd/3->/dev/ttyUSB0"   a symbolic link
//     "/sys/class/tty/ttyUSB0/"        a folder
//     "/dev/ttyUSB0:660"               an empty file with this mode
// {G} is the number of the group of this test's files.
void root_add(const char *root, const char *line);

void root_remove(const char *root);

#endif
