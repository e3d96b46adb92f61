// bootloader.h: the one table of functions through which everything else talks to a bootloader.
// SPDX-License-Identifier: MIT
//
// A protocol fills in the table, and what a caller has to know of it: how much one read or write
// carries, how many pages one erase takes, which commands there are. No caller asks which protocol
// it is, or what kind of line it runs over.
#ifndef BOOTLEAP_CLI_BOOTLOADER_H
#define BOOTLEAP_CLI_BOOTLOADER_H

#include "problem.h"

#include <stddef.h>
#include <stdint.h>

enum { BOOTLOADER_COMMANDS = 32 };

// Bits of what a bootloader can do.
enum bootloader_operation {
    BOOTLOADER_READ = 1,
    BOOTLOADER_WRITE = 2,
    BOOTLOADER_ERASE = 4,
    BOOTLOADER_GO = 8,
};

// What may be done to a bootloader that does not answer.
enum bootloader_recovery {
    RECOVERY_NONE,
    RECOVERY_MAY_WRITE, // free it from the middle of a command, by bytes that can be a write to it
};

struct bootloader_command {
    uint8_t code;
    const char *name;
};

struct bootloader {
    const struct bootloader_ops *ops;
    const char *port; // for messages
    // What identify has learnt:
    uint16_t product;         // as in struct device
    uint8_t protocol_version; // 0x31 is 3.1
    struct bootloader_command commands[BOOTLOADER_COMMANDS];
    unsigned command_count;
    unsigned operations;  // bits of enum bootloader_operation
    uint32_t block_bytes; // most that one read or write carries, a power of 2
    unsigned erase_pages; // most that one erase takes
};

// All but close return 0, or the exit code that they put into *problem: EXIT_REFUSED when the
// bootloader said no, after which it waits for the next command, and EXIT_FAILED when it answered
// something else, nothing, or the line is gone, after which nobody knows where it stands.
struct bootloader_ops {
    // Waits until a bootloader answers, at most for `window_ms`, and asks who it is. To be called
    // before the others, and again where none has answered: then also EXIT_NO_DEVICE.
    int (*identify)(struct bootloader *bootloader, unsigned window_ms,
                    enum bootloader_recovery recovery, struct problem *problem);
    // `size` from 1 to block_bytes.
    int (*read)(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem);
    // `size` from 4 to block_bytes; it and `address` are multiples of 4 and of the unit that the
    // chip programs at once.
    int (*write)(struct bootloader *bootloader, uint32_t address, uint32_t size,
                 const uint8_t *bytes, struct problem *problem);
    // Erases `count` pages, 1 to erase_pages, by their numbers in the device table.
    int (*erase)(struct bootloader *bootloader, const uint16_t *pages, unsigned count,
                 struct problem *problem);
    // Starts what has its vector table at `address`. The bootloader answers before it does.
    int (*go)(struct bootloader *bootloader, uint32_t address, struct problem *problem);
    // Lets go of the line and frees the bootloader.
    void (*close)(struct bootloader *bootloader);
};

#endif
