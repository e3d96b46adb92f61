// handle.h: a handle of libbootleap for one verb, with a bar for whoever watches.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_HANDLE_H
#define BOOTLEAP_CLI_HANDLE_H

#include "libbootleap.h"
#include "options.h"

struct handle {
    struct libbootleap *chip;
    const char *verb;
    struct progress progress;
};

// Makes a handle of the options. `port` is the number of the argument PORT, which may be left out.
// handle_close afterwards, whatever the result. In between a first Ctrl-C is remembered: a program
// that ends in the middle of a frame leaves a ROM that waits for the rest of it.
int handle_open(struct handle *handle, const char *verb, const struct options *options, int port,
                struct problem *problem);

// The same for a verb that writes anyway: without --recover a block of data may be completed.
int handle_open_to_write(struct handle *handle, const char *verb, const struct options *options,
                         int port, struct problem *problem);

void handle_close(struct handle *handle);

// libbootleap_find() and libbootleap_enter(). After a Ctrl-C meanwhile they fail.
int handle_find(struct handle *handle, struct problem *problem);
int handle_enter(struct handle *handle, struct problem *problem);

// Takes over a problem of the library. Returns its code.
int handle_problem(const struct libbootleap_problem *from, struct problem *to);

// The settings that the options ask for. `port` may be NULL.
struct libbootleap_settings handle_settings(const struct options *options, const char *port,
                                            enum libbootleap_recovery recovery);

// The argument with this number; NULL where it was left out.
const char *handle_port(const struct options *options, int number);

// Where an application was asked to enter and is to run again: starts it. Returns `error`, or where
// that is 0 the code of what went wrong then.
int handle_give_back(struct handle *handle, const struct options *options, int error,
                     struct problem *problem);

#endif
