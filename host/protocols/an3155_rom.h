// an3155_rom.h: a ROM that talks AN3155: its line, and what is known of it.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_AN3155_ROM_H
#define BOOTLEAP_HOST_AN3155_ROM_H

#include "an3155_link.h"

enum {
    AN3155_BLOCK_BYTES = 256, // most that one read or write carries
    AN3155_ERASE_PAGES = 100, // most that go into one erase: ROM 3.0 of F103 XL fails above
};

enum an3155_code {
    AN3155_GET = 0x00,
    AN3155_GET_ID = 0x02,
    AN3155_READ = 0x11,
    AN3155_GO = 0x21,
    AN3155_WRITE = 0x31,
    AN3155_ERASE = 0x43,
    AN3155_EXTENDED_ERASE = 0x44,
    AN3155_WRITE_UNPROTECT = 0x73,
    AN3155_READOUT_PROTECT = 0x82,
    AN3155_READOUT_UNPROTECT = 0x92,
};

// A ROM that has answered the sync byte.
struct an3155 {
    struct an3155_link link;
    uint8_t version; // 0x31 is 3.1; an3155_get fills in this and the next two
    uint8_t commands[32];
    unsigned command_count;
    bool go_without_first_ack; // it says nothing until Go has its address
    bool no_nack_for_address;  // it says nothing to an address that it refuses
    unsigned retries;          // commands that were sent again
};

#endif
