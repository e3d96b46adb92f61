// image_fit.c: brings an image into the form in which a chip takes it, or refuses it.
// SPDX-License-Identifier: MIT
#include "image_fit.h"

#include "binary_place.h"
#include "image_check.h"
#include "only_flash.h"

int image_fit(const struct device *device, struct image *image, const struct image_wish *wish,
              struct problem *problem)
{
    int error = 0;

    if (image->format == IMAGE_BINARY && !wish->has_address) {
        image->segments[0].address = device->flash.start;
        error = wish->force ? 0 : binary_place_check(device, image, problem);
    }
    if (error == 0 && wish->only_flash) {
        error = only_flash(device, image, problem);
    }
    return error ? error
                 : image_check(device, wish->flash ? wish->flash : &device->flash, image,
                               wish->force, problem);
}
