// sha256.h: SHA-256 of bytes and of files, as sha256sum prints it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_SHA256_H
#define BOOTLEAP_HOST_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_TEXT_BYTES = 65 };

// False where this system does not do it.
bool sha256_of(const uint8_t *bytes, size_t size, uint8_t digest[SHA256_BYTES]);

// 64 digits. Returns `text`.
const char *sha256_text(const uint8_t digest[SHA256_BYTES], char text[SHA256_TEXT_BYTES]);

// Of a file as it is now: 64 digits. False where it is no file, or cannot be read.
bool sha256_of_file(const char *path, char text[SHA256_TEXT_BYTES]);

#endif
