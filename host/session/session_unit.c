// session_unit.c: what one unit has of its own: its number, and its data in a copy of the file.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "image_put.h"
#include "target_unique_id.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)LIBBOOTLEAP_UNIQUE_ID_BYTES == (int)TARGET_UNIQUE_ID_BYTES, "one length");

int session_unique_id(struct libbootleap *chip, char text[LIBBOOTLEAP_UNIQUE_ID_BYTES],
                      struct problem *problem)
{
    int error = session_require(chip, problem);

    text[0] = '\0';
    return error ? error : target_unique_id(&chip->target, text, problem);
}

int session_file_copy(struct libbootleap_file **copy, const struct libbootleap_file *file,
                      struct problem *problem)
{
    struct libbootleap_file *made = calloc(1, sizeof *made);

    *copy = NULL;
    if (made) {
        made->path = strdup(file->path);
        made->settings = file->settings;
    }
    if (made == NULL || made->path == NULL || !image_copy(&made->image, &file->image)) {
        session_file_close(made);
        return problem_no_memory(problem, "%s", file->path);
    }
    *copy = made;
    return 0;
}

// The file goes to its place first: a raw binary may have none of its own.
int session_file_put(struct libbootleap *chip, struct libbootleap_file *file, uint32_t address,
                     uint32_t size, const uint8_t *bytes, struct problem *problem)
{
    int error = session_file_fit(chip, file, problem);

    return error || size == 0 ? error
                              : image_put(&file->image, file->path, address, size, bytes, problem);
}
