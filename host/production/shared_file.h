// shared_file.h: what a system does for a file that several programs append to.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SHARED_FILE_H
#define BOOTLEAP_HOST_SHARED_FILE_H

#include <stddef.h>
#include <stdint.h>

// Opens a file to read and to append to; one that is not there is made, and is on the disk then.
// Its number, or -1 with errno, as for all of these.
int shared_file_open(const char *path);
void shared_file_close(int file);

// Waits until no other program, and no other number of this program, has locked it. The system
// takes the lock back when the program ends in any way.
int shared_file_lock(int file);
void shared_file_unlock(int file);

int64_t shared_file_size(int file);

// Reads up to `size` bytes from `from` on. How many there were.
int64_t shared_file_read(int file, uint64_t from, char *bytes, size_t size);

// Writes at the end, by one call of the system, and returns once the disk has it.
int shared_file_append(int file, const char *bytes, size_t size);

// Leaves the first `size` bytes.
int shared_file_cut(int file, uint64_t size);

#endif
