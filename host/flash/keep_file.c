// keep_file.c: writes and reads the copy, as Intel HEX.
// SPDX-License-Identifier: MIT
#include "keep_file.h"

#include "disk.h"
#include "image_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *keep_file_name(const char *chip, uint32_t address, char name[KEEP_FILE_NAME_BYTES])
{
    snprintf(name, KEEP_FILE_NAME_BYTES, "bootleap-kept-%s%s0x%08X.hex", chip, *chip ? "-" : "",
             address);
    return name;
}

int keep_file_save(const char *chip, const struct segment *kept, struct problem *problem)
{
    char name[KEEP_FILE_NAME_BYTES];

    FILE *file = disk_open(keep_file_name(chip, kept->address, name), "w");
    bool saved = file && image_write(file, IMAGE_HEX, kept) && disk_flush(file) == 0;
    int why = errno;
    if (file) {
        saved &= fclose(file) == 0;
    }
    if (saved) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "a folder that you may write to",
                       "--keep: %s cannot be written, and without this copy nothing is erased: %s",
                       name, strerror(why));
}

void keep_file_remove(const char *chip, const struct segment *kept)
{
    char name[KEEP_FILE_NAME_BYTES];

    disk_remove(keep_file_name(chip, kept->address, name));
}

// Whether each byte of the chip is that of the file or erased: then the update has erased it.
static bool is_left_over(const struct segment *kept, const uint8_t *saved, uint8_t erased)
{
    for (uint32_t i = 0; i < kept->size; i++) {
        if (kept->bytes[i] != saved[i] && kept->bytes[i] != erased) {
            return false;
        }
    }
    return true;
}

static int take(const char *chip, const char *name, const struct segment *kept,
                const struct image *image, uint8_t erased, struct problem *problem)
{
    static const char move_it[] = "move the file away, if what the chip holds now is to be kept";
    uint8_t *saved = malloc(kept->size);
    int error = 0;

    if (saved == NULL) {
        return problem_no_memory(problem, "--keep");
    }
    if (*chip == '\0') {
        error = problem_set(problem, EXIT_USAGE, move_it,
                            "--keep: %s is there, of an interrupted update; this chip does not "
                            "show its unique id, so nobody knows whether it was this one",
                            name);
    } else if (image_read(image, kept->address, kept->size, saved) != kept->size ||
               !is_left_over(kept, saved, erased)) {
        error = problem_set(problem, EXIT_USAGE, move_it,
                            "--keep: %s is there, of an interrupted update of this chip, and the "
                            "chip holds something else there now",
                            name);
    } else {
        memcpy(kept->bytes, saved, kept->size);
    }
    free(saved);
    return error;
}

int keep_file_take(const char *chip, const struct segment *kept, uint8_t erased, bool *taken,
                   struct problem *problem)
{
    char name[KEEP_FILE_NAME_BYTES];
    struct image image;

    *taken = false;
    if (disk_kind(keep_file_name(chip, kept->address, name)) == DISK_NOTHING) {
        return 0;
    }
    int error = image_open(&image, name, 0, problem);
    if (error) {
        return error;
    }
    error = take(chip, name, kept, &image, erased, problem);
    image_close(&image);
    *taken = error == 0;
    return error;
}
