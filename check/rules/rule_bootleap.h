// rule_bootleap.h: B1 of two images: whether the old and the new firmware agree on the mark.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_RULE_BOOTLEAP_H
#define BOOTLEAP_CHECK_RULE_BOOTLEAP_H

#include "finding.h"
#include "firmware.h"

// The old image writes the mark, and the image that the ROM has put in its place reads it: so does
// an image behind a loader. One finding, if at least one of them has bootleap. Returns 0, or the
// exit code that was put into *problem.
int rule_bootleap_agree(const struct firmware *one, const struct firmware *other,
                        struct findings *findings, struct problem *problem);

#endif
