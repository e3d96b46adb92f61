// session_file.c: a firmware file, and whether it fits a device and its flash.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "device_flash_code.h"
#include "image_fit.h"

#include <stdlib.h>
#include <string.h>

int session_file_open(struct libbootleap_file **file, const char *path,
                      const struct libbootleap_file_settings *settings, struct problem *problem)
{
    struct libbootleap_file *made = calloc(1, sizeof *made);

    *file = NULL;
    if (made) {
        made->path = strdup(path);
    }
    if (made == NULL || made->path == NULL) {
        session_file_close(made);
        return problem_no_memory(problem, "%s", path);
    }
    if (settings) {
        made->settings = *settings;
    }
    int error = image_open(&made->image, path, made->settings.address, problem);
    if (error == 0 && made->settings.has_address && made->image.format != IMAGE_BINARY) {
        error =
            problem_set(problem, EXIT_USAGE, "the same without --address",
                        "--address: only for a raw binary, %s says itself where it belongs", path);
    }
    if (error) {
        session_file_close(made);
        return error;
    }
    *file = made;
    return 0;
}

void session_file_close(struct libbootleap_file *file)
{
    if (file) {
        image_close(&file->image);
        free(file->path);
    }
    free(file);
}

static int fit(struct libbootleap_file *file, const struct device *device,
               const struct region *flash, struct problem *problem)
{
    const struct image_wish wish = {.flash = flash,
                                    .has_address = file->settings.has_address,
                                    .only_flash = file->settings.only_flash,
                                    .force = file->settings.force};

    return image_fit(device, &file->image, &wish, problem);
}

int session_file_check(struct libbootleap *chip, struct libbootleap_file *file,
                       struct problem *problem)
{
    if (chip->wanted == NULL) {
        return 0;
    }
    struct region flash = chip->wanted->flash;
    unsigned kb = device_flash_kb(chip->wanted, chip->settings.device);
    uint32_t reach = kb ? flash_layout_reach(chip->wanted, kb) : flash.size;
    if (reach < flash.size && !file->settings.force) {
        flash.size = reach;
    }
    return fit(file, chip->wanted, &flash, problem);
}

int session_file_fit(struct libbootleap *chip, struct libbootleap_file *file,
                     struct problem *problem)
{
    int error = session_require(chip, problem);

    if (error) {
        return error;
    }
    if (file->settings.force) {
        target_take_largest(&chip->target);
    }
    return fit(file, chip->target.device, &chip->target.layout.flash, problem);
}
