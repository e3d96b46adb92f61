// option_bytes.h: the option bytes of a chip, by ST's names for its row.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_BYTES_H
#define BOOTLEAP_HOST_OPTION_BYTES_H

#include "target.h"

// What was read of a chip's option bytes.
struct option_bytes {
    const struct option_layout *layout; // of the row
    struct flash_state state;           // an area for each of the layout that could be read
    bool refused;                       // the ROM did not let all of them be read
};

// Refuses a row of which nobody has published what its ROM lets be read. Problem: EXIT_REFUSED.
int option_bytes_require_layout(const struct target *target, struct problem *problem);

// Reads all areas. What the ROM refuses is no problem. Problems: those of
// option_bytes_require_layout, and of read.
int option_bytes_read(struct option_bytes *option, const struct target *target,
                      struct problem *problem);

// The field of this name, whatever the case of its letters; RDP is that of readout protection on
// every row. NULL if there is none.
const struct option_field *option_bytes_find(const struct device *device, const char *name);

// The same; a name that the row does not have is refused. Problem: EXIT_USAGE.
int option_bytes_require(const struct device *device, const char *name,
                         const struct option_field **field, struct problem *problem);

// A field whose name is a part of this one, or has it as a part, for a message; NULL if none is.
const struct option_field *option_bytes_nearest(const struct option_layout *layout,
                                                const char *name);

// Its value, shifted so that it begins at bit 0. False where it was not read.
bool option_bytes_value(const struct option_bytes *option, const struct option_field *field,
                        uint32_t *value);

// The area that a field is in.
const struct option_area *option_bytes_area(const struct option_layout *layout,
                                            const struct option_field *field);

// The largest value that it takes.
uint32_t option_bytes_most(const struct option_field *field);

#endif
