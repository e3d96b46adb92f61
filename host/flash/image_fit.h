// image_fit.h: brings an image into the form in which a chip takes it, or refuses it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_IMAGE_FIT_H
#define BOOTLEAP_HOST_IMAGE_FIT_H

#include "devices.h"
#include "image.h"

// What the user asked for, and where it goes.
struct image_wish {
    const struct region *flash; // this chip's; NULL: that of the largest chip of its line
    bool has_address;           // of a raw binary: it is where it belongs
    bool only_flash;            // leave out what is for another memory
    bool force;                 // see image_check()
};

// Places a raw binary at the start of flash unless its place was given, leaves out what was asked
// to be, and checks what remains. What is left out is said in notes of the image. Returns 0, or the
// exit code that was put into *problem.
int image_fit(const struct device *device, struct image *image, const struct image_wish *wish,
              struct problem *problem);

#endif
