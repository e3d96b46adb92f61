// bootloader.h: the one table of functions through which everything else talks to a bootloader.
// SPDX-License-Identifier: MIT
//
// A protocol fills in the table, and what a caller has to know of it: how much one read or write
// carries, how many pages one erase takes, which commands there are. No caller asks which protocol
// it is, or what kind of line it runs over.
#ifndef BOOTLEAP_HOST_BOOTLOADER_H
#define BOOTLEAP_HOST_BOOTLOADER_H

#include "memory_map.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BOOTLOADER_COMMANDS = 32 };

// Bits of what a bootloader can do.
enum bootloader_operation {
    BOOTLOADER_READ = 1,
    BOOTLOADER_WRITE = 2,
    BOOTLOADER_ERASE = 4,
    BOOTLOADER_GO = 8,
    BOOTLOADER_UNPROTECT_WRITES = 16,
    BOOTLOADER_PROTECT_READOUT = 32,
    BOOTLOADER_UNPROTECT_READOUT = 64,
};

// What may be sent to a bootloader that does not answer: bits. It may be in the middle of a frame
// that another program began, and each byte more may be the one that completes it.
enum bootloader_recovery {
    RECOVERY_NONE = 0,   // one sync byte; then it is only listened to
    RECOVERY_STARTS = 1, // more sync bytes: it is about to start
    // Then a frame is finished, one byte at a time, with a wrong checksum:
    RECOVERY_FINISHES_BLOCK = 2, // of no more than a block of data,
    RECOVERY_FINISHES_ANY = 4,   // or of the longest list of pages, which takes five times as long
};

// What this version does otherwise than its protocol says. Bits.
enum bootloader_quirk {
    BOOTLOADER_GO_WITHOUT_FIRST_ACK = 1,
    BOOTLOADER_NO_NACK_FOR_ADDRESS = 2, // it says nothing to one that it refuses
};

struct bootloader_command {
    uint8_t code;
    const char *name;
};

// Is told, once a second, what is waited for, for how long now and for how long at most. While
// nothing is there yet it is asked, too, whether to give up.
struct bootloader_wait {
    void (*tell)(void *context, const char *what, unsigned waited_ms, unsigned most_ms);
    void *context;
    bool (*interrupted)(void *context); // NULL: never
};

// A page that is to be erased.
struct bootloader_page {
    uint32_t address; // of its first byte
    uint16_t number;  // in the device table
};

// Something that a bootloader says of itself, for `bootleap info`.
struct bootloader_detail {
    const char *label; // "serial"
    const char *key;   // the same for JSON, "serial_number"
    const char *text;
    bool is_list;   // there are more with this key, or could be
    bool is_number; // decimal
};

struct bootloader {
    const struct bootloader_ops *ops;
    const char *port; // for messages
    // What identify has learnt:
    uint16_t product;         // as in struct device; 0: it does not say
    uint8_t protocol_version; // 0x31 is 3.1
    struct bootloader_command commands[BOOTLOADER_COMMANDS];
    unsigned command_count;
    unsigned operations;    // bits of enum bootloader_operation
    uint32_t block_bytes;   // most that one read or write carries, a power of 2
    unsigned erase_pages;   // most that one erase takes
    unsigned memory_count;  // that it tells of
    bool is_dfu;            // which of a row's defects it can have
    bool reads_are_checked; // nothing that is read arrives wrong
    bool whole_blocks;      // a block that is whole, and a multiple of its size from the start of
                            // flash, takes less time than a part of it
    // What whoever knows the device sets:
    unsigned quirks; // bits of enum bootloader_quirk
    struct bootloader_wait wait;
    bool was_reset; // the chip was: whoever answers there now is told nothing at the end
    // What the others count:
    unsigned retries; // commands that were sent again
    size_t transfers; // control transfers, where it runs over USB
    bool lost;        // it answers no more, or the line is gone
};

// A command that fails is sent again as often as is sensible; a write only where nothing of it can
// have reached the flash. All but close return 0, or the exit code that they put into *problem:
// EXIT_REFUSED when the bootloader said no each time, EXIT_FAILED when it answered something else
// or nothing. After either it waits for the next command, unless `lost` is set.
struct bootloader_ops {
    // Waits until a bootloader answers, at most for `window_ms`, and asks who it is. `recovery` is
    // the sum of bits of enum bootloader_recovery. To be called
    // before the others, and again where none has answered: then also EXIT_NO_DEVICE.
    int (*identify)(struct bootloader *bootloader, unsigned window_ms, unsigned recovery,
                    struct problem *problem);
    // `size` from 1 to block_bytes.
    int (*read)(struct bootloader *bootloader, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem);
    // `size` from 4 to block_bytes; it and `address` are multiples of 4 and of the unit that the
    // chip programs at once. After a problem nobody knows what is in flash there.
    int (*write)(struct bootloader *bootloader, uint32_t address, uint32_t size,
                 const uint8_t *bytes, struct problem *problem);
    // Erases `count` pages, 1 to erase_pages. `most_ms`: no chip takes longer for all of them.
    int (*erase)(struct bootloader *bootloader, const struct bootloader_page *pages, unsigned count,
                 unsigned most_ms, struct problem *problem);
    // Starts what has its vector table at `address`. The bootloader answers before it does.
    int (*go)(struct bootloader *bootloader, uint32_t address, struct problem *problem);
    // Both end in a reset of the chip. 0: it has taken it, or was gone before it could say so: the
    // option bytes tell, once identify has found it again. Where `lost` is set it has to be opened
    // anew. EXIT_REFUSED: it said no, and goes on. Either may be NULL.
    // Programs option bytes: all of an area, from its start on. `size` is a multiple of 4.
    int (*write_options)(struct bootloader *bootloader, uint32_t address, uint32_t size,
                         const uint8_t *bytes, struct problem *problem);
    // Does one of BOOTLOADER_UNPROTECT_WRITES, ..._PROTECT_READOUT and ..._UNPROTECT_READOUT, which
    // it lists among its operations. The last erases all flash, which takes at most `most_ms`.
    int (*protect)(struct bootloader *bootloader, enum bootloader_operation what, unsigned most_ms,
                   struct problem *problem);
    // Lets go of the line and frees the bootloader.
    void (*close)(struct bootloader *bootloader);
    // The memory with this number, from 0 on, as the bootloader tells it: of one that cannot be
    // understood count is 0. False beyond the last. NULL: it tells of none, but has a product id.
    bool (*memory)(struct bootloader *bootloader, unsigned number, struct memory_map *map);
    // Calls `visit` for each detail; what it gets is gone afterwards. May be NULL.
    void (*tell)(struct bootloader *bootloader,
                 void (*visit)(const struct bootloader_detail *detail, void *context),
                 void *context);
};

#endif
