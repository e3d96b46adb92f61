// option_write.h: carries out a change of option bytes, and looks whether the chip has it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OPTION_WRITE_H
#define BOOTLEAP_HOST_OPTION_WRITE_H

#include "connection.h"
#include "option_plan.h"

// What is found out about the chip once it is there again.
struct option_return {
    struct connection *connection;
    const char *named; // text of --device, or NULL
    struct target *target;
    bool is_back; // the ROM has answered since
};

// Waits for the ROM of a chip that has reset itself, and asks it all that target_ask does.
// `most_ms`: what it may take before it answers. Problem: EXIT_FAILED where the ROM does not come
// back, as where BOOT0 is low: what was sent has been done all the same; and those of target.h.
int option_return(struct option_return *after, unsigned most_ms, struct problem *problem);

// Writes the areas of a plan, one after the other: the chip resets after each. Reads them back.
// Problems: those of write_options and option_return, and EXIT_VERIFY where a value is not the one
// that was written.
int option_write(struct option_return *after, const struct option_plan *plan,
                 struct problem *problem);

#endif
