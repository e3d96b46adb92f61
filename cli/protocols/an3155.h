// an3155.h: the commands of ST's USART protocol (application note AN3155), one function each.
// SPDX-License-Identifier: MIT
//
// A problem of these functions has one of two codes: EXIT_REFUSED when the ROM answered NACK,
// after which it waits for the next command, and EXIT_FAILED when it answered something else,
// nothing, or the line is gone, after which nobody knows where it stands.
#ifndef BOOTLEAP_CLI_AN3155_H
#define BOOTLEAP_CLI_AN3155_H

#include "serial.h"

#include <stdbool.h>

enum {
    AN3155_SYNC = 0x7F,
    AN3155_ACK = 0x79,
    AN3155_NACK = 0x1F,
    AN3155_BLOCK_BYTES = 256, // most that one read or write carries
    AN3155_ERASE_PAGES = 100, // most that go into one erase: ROM 3.0 of F103 XL fails above
    AN3155_PAGE_ERASE_MS = 5000,
};

enum an3155_code {
    AN3155_GET = 0x00,
    AN3155_GET_ID = 0x02,
    AN3155_READ = 0x11,
    AN3155_GO = 0x21,
    AN3155_WRITE = 0x31,
    AN3155_ERASE = 0x43,
    AN3155_EXTENDED_ERASE = 0x44,
};

// A ROM that has answered the sync byte.
struct an3155 {
    struct serial *line;
    unsigned timeout_ms; // no answer is awaited longer, whatever is usual; 0: no such limit
    uint8_t version;     // 0x31 is 3.1; an3155_get fills in this and the next two
    uint8_t commands[32];
    unsigned command_count;
};

// Asks for protocol version and commands. Fails where the answer is not that of a ROM.
int an3155_get(struct an3155 *rom, struct problem *problem);

// Whether an3155_get saw this command.
bool an3155_has(const struct an3155 *rom, enum an3155_code code);

int an3155_get_id(struct an3155 *rom, uint16_t *product, struct problem *problem);

// `size` from 1 to AN3155_BLOCK_BYTES.
int an3155_read(struct an3155 *rom, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem);

// `size` from 4 to AN3155_BLOCK_BYTES; it and `address` are multiples of 4 and of the unit that
// the chip programs at once.
int an3155_write(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                 struct problem *problem);

// Erases `count` pages, 1 to AN3155_ERASE_PAGES, with the erase command that this ROM has.
int an3155_erase(struct an3155 *rom, const uint16_t *pages, unsigned count,
                 struct problem *problem);

// Starts what has its vector table at `address`. The ROM answers before it does.
int an3155_go(struct an3155 *rom, uint32_t address, struct problem *problem);

#endif
