// flock_holder.h: which program has a lock on a port.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_FLOCK_HOLDER_H
#define BOOTLEAP_HOST_FLOCK_HOLDER_H

#include "port_holder.h"

// The program that locks `port`, a path, with flock(). False where none is known. Those of other
// users are found, too.
bool flock_holder_find(struct port_holder *holder, const char *port);

#endif
