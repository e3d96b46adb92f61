// doctor.h: looks at a computer, a port, and a chip, until something is seen that keeps them apart.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DOCTOR_H
#define BOOTLEAP_HOST_DOCTOR_H

#include "diagnose.h"
#include "doctor_settings.h"
#include "problem.h"

// Looks as far as the way is clear. Over a serial line it sends 0x7F and 0x00, at the usual baud
// rates where nothing answers, then Get, Get Version and Get ID; then, as `bootleap info` does,
// what tells which chip it is. Nothing in the chip changes. Problems: EXIT_USAGE where `port` is
// none, and EXIT_FAILED where this computer does not let us look.
int doctor_look(struct observations *seen, const struct doctor_settings *settings,
                struct problem *problem);

// Looks for a serial adapter on USB of which the system makes no port. False where there is none.
bool doctor_look_for_adapter(struct observations *seen, const char *root);

#endif
