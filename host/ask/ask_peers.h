// ask_peers.h: the sequences that are built in.
// SPDX-License-Identifier: MIT
//
// The table is written by peers.cmake from the files of peers/, sorted by name.
#ifndef BOOTLEAP_HOST_ASK_PEERS_H
#define BOOTLEAP_HOST_ASK_PEERS_H

#include <stddef.h>

struct ask_peer {
    const char *name; // NULL ends the table
    const char *help; // one line
    const unsigned char *bytes;
    size_t size;
};

extern const struct ask_peer ask_peers[];

#endif
