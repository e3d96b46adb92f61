// port_holder.h: which program has a port open.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_PORT_HOLDER_H
#define BOOTLEAP_HOST_PORT_HOLDER_H

#include <stdbool.h>

enum { PORT_HOLDER_NAME_BYTES = 64 };

struct port_holder {
    unsigned long pid;
    // As the system has it: its owner chose it, and it can hold control characters.
    char name[PORT_HOLDER_NAME_BYTES];
    // Nobody was found, but there are programs of other users, and we may not look into them.
    bool hidden;
};

// The first program, other than this one, that has `port` open: a path, a link to one, or
// "serial:PATH". `root` is "", or a folder that stands for / (in tests). False where none is known.
bool port_holder_find(struct port_holder *holder, const char *root, const char *port);

// The program with this number. False where none runs; `root` as above.
bool port_holder_of_pid(struct port_holder *holder, const char *root, unsigned long pid);

#endif
