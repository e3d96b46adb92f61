// port.h: the PORT of a verb, which may be left out where one STM32's ROM is on USB.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_PORT_H
#define BOOTLEAP_CLI_PORT_H

#include "options.h"

// The argument with this number, or where it was left out the port that means the only ROM on USB.
const char *port_of(const struct options *options, int number);

// Says of a problem that it comes of a PORT that was left out, if it does.
void port_explain(const struct options *options, int number, struct problem *problem);

#endif
