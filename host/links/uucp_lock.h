// uucp_lock.h: the lock file by which programs tell each other that they use a serial port.
// SPDX-License-Identifier: MIT
//
// LCK..ttyUSB0 in /var/lock holds the pid of who uses /dev/ttyUSB0, as ten characters and a line
// end (Filesystem Hierarchy Standard 3.0, section 5.9).
#ifndef BOOTLEAP_HOST_UUCP_LOCK_H
#define BOOTLEAP_HOST_UUCP_LOCK_H

#include "problem.h"

enum { UUCP_LOCK_PATH_BYTES = 192 };

struct uucp_lock {
    char path[UUCP_LOCK_PATH_BYTES]; // "" where there is none
};

// The folder of the lock files: /var/lock or /run/lock; NULL where this system has none.
const char *uucp_lock_folder(void);

// Locks `port`, a path. A lock of a program that does not run any more is taken over. Where the
// folder cannot be written to there is no lock, which is no problem. `folder` may be NULL.
// Problem: EXIT_FAILED where a program that runs has it, or where nobody can say who has.
int uucp_lock_take(struct uucp_lock *lock, const char *folder, const char *port,
                   struct problem *problem);

// Removes it. May be called where there is none.
void uucp_lock_end(struct uucp_lock *lock);

#endif
