// keep_file.h: a copy on disk of what is to be kept, for an update that ends in between.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_KEEP_FILE_H
#define BOOTLEAP_HOST_KEEP_FILE_H

#include "devices.h"
#include "image.h"

enum { KEEP_FILE_NAME_BYTES = 80 };

// "bootleap-kept-CHIP-0xADDRESS.hex", in the current folder; without CHIP where that is "".
const char *keep_file_name(const char *chip, uint32_t address, char name[KEEP_FILE_NAME_BYTES]);

// Where an interrupted update of this chip has left a file for these bytes: puts what the file has
// in place of what is erased. Refuses a file that cannot be told to be of this chip, and one of a
// chip that holds something else there now. *taken: the bytes are those of the file. Problem:
// EXIT_USAGE.
int keep_file_take(const char *chip, const struct segment *kept, uint8_t erased, bool *taken,
                   struct problem *problem);

// Writes the file. Problem: EXIT_USAGE.
int keep_file_save(const char *chip, const struct segment *kept, struct problem *problem);

void keep_file_remove(const char *chip, const struct segment *kept);

#endif
