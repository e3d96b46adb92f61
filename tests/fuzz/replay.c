// replay.c: gives each file of a folder to a fuzz target, without libFuzzer.
// SPDX-License-Identifier: MIT
//
// replay FOLDER...: the corpus must be there, so no file at all is a failure.
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_BYTES = 1 << 20, PATH = 4096 };

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

// False if the file cannot be read. The target gets a block of just its size, so that a read
// behind the end is seen.
static bool replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(MOST_BYTES);
    size_t size = file && bytes ? fread(bytes, 1, MOST_BYTES, file) : 0;
    bool fine = file && !ferror(file);
    uint8_t *fitting = bytes ? realloc(bytes, size ? size : 1) : NULL;

    if (file) {
        fclose(file);
    }
    if (fine && fitting) {
        fprintf(stderr, "%s\n", path); // the last one is the one that crashed
        LLVMFuzzerTestOneInput(fitting, size);
    }
    free(fitting);
    return fine;
}

int main(int argc, char **argv)
{
    unsigned count = 0;

    for (int i = 1; i < argc; i++) {
        struct dirent **entries;
        int found = scandir(argv[i], &entries, is_visible, alphasort);
        for (int j = 0; j < found; j++) {
            char path[PATH];
            int length = snprintf(path, sizeof path, "%s/%s", argv[i], entries[j]->d_name);
            count += length < PATH && replay(path);
            free(entries[j]);
        }
        if (found >= 0) {
            free(entries);
        }
    }
    printf("%u inputs\n", count);
    return count ? EXIT_DONE : EXIT_FAILED;
}
