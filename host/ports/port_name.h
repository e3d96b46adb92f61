// port_name.h: the name that the system has for a port.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_PORT_NAME_H
#define BOOTLEAP_HOST_PORT_NAME_H

// `port` without the links that lead to it, which the caller frees. NULL where there is none.
char *port_name_real(const char *port);

#endif
