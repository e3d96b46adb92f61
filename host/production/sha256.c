// sha256.c: digests of files, and their digits.
// SPDX-License-Identifier: MIT
#include "sha256.h"

#include "disk.h"

#include <stdio.h>
#include <stdlib.h>

const char *sha256_text(const uint8_t digest[SHA256_BYTES], char text[SHA256_TEXT_BYTES])
{
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    }
    return text;
}

// All of the file; NULL where it cannot be read. The caller frees it.
static uint8_t *read_all(FILE *file, size_t *size)
{
    enum { FIRST = 1 << 16 };
    size_t room = FIRST;
    uint8_t *bytes = malloc(room);

    *size = 0;
    while (bytes) {
        *size += fread(bytes + *size, 1, room - *size, file);
        if (*size < room) {
            break;
        }
        uint8_t *more = realloc(bytes, room *= 2);
        if (more == NULL) {
            free(bytes);
        }
        bytes = more;
    }
    if (bytes && ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

bool sha256_of_file(const char *path, char text[SHA256_TEXT_BYTES])
{
    uint8_t digest[SHA256_BYTES];
    size_t size = 0;

    text[0] = '\0';
    FILE *file = disk_kind(path) == DISK_FILE ? disk_open(path, "r") : NULL;
    if (file == NULL) {
        return false;
    }
    uint8_t *bytes = read_all(file, &size);
    fclose(file);
    bool done = bytes && sha256_of(bytes, size, digest);
    free(bytes);
    if (done) {
        sha256_text(digest, text);
    }
    return done;
}
