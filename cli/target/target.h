// target.h: the chip at the other end: its bootloader, and its row of the device table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_TARGET_H
#define BOOTLEAP_CLI_TARGET_H

#include "bootloader.h"
#include "devices.h"
#include "flash_layout.h"
#include "flash_state.h"

enum { TARGET_RANGES = 64, TARGET_NOTES = 6, TARGET_NOTE_BYTES = 200 };

// Who says how much flash there is.
enum target_ground {
    GROUND_ROW,  // the line's largest chip: nobody knows about this one
    GROUND_NAME, // the ordering code of --device
    GROUND_CHIP, // its flash size register
};

struct target {
    struct bootloader *bootloader;
    const struct device *device; // NULL where the table has no such product id
    uint8_t rom_id;              // ID byte of the ROM version, 0x92 is V9.2; 0: not readable
    struct flash_layout layout;  // the row's, until the chip has been asked; empty without a device
    // What follows is 0 until then.
    enum target_ground size_ground; // of layout.flash.size
    unsigned flash_kb;              // of this chip, without a gap between its banks
    unsigned register_kb;           // content of the flash size register; 0: not readable, or none
    unsigned named_kb;              // what --device tells; 0: nothing
    unsigned banks;                 // of the flash; 0: unknown
    bool layout_sure;               // false: option bits that decide were not readable: the layout
                                    // is that of a new chip; or it is unknown, and has no pages
    enum readout_level readout;
    enum whether swapped; // bank 2 is seen before bank 1
    // What option bytes keep from being erased and written, each with the name of its bits. The ROM
    // reports no error there.
    struct region protected[TARGET_RANGES];
    size_t protected_count;
    bool protection_known;                       // all bits that could protect were read
    char notes[TARGET_NOTES][TARGET_NOTE_BYTES]; // sentences: what is not known, or contradicts
    unsigned note_count;
    unsigned layout_notes;    // the first ones, which are about size and pages
    struct flash_state state; // the bytes that it all comes from
};

// Which device an identified bootloader belongs to. A ROM that refuses to be read is no problem.
// Problems: those of read.
int target_identify(struct target *target, struct bootloader *bootloader, struct problem *problem);

// Refuses a chip that the table does not have, and one that is not `wanted` (NULL: any). Where
// several devices share the product id, `wanted` decides. Problem: EXIT_USAGE.
int target_require_device(struct target *target, const struct device *wanted,
                          struct problem *problem);

// Refuses a bootloader that lacks one of these operations (bits). Problem: EXIT_REFUSED.
int target_require_operations(const struct target *target, unsigned operations,
                              struct problem *problem);

// Asks the ROM how large the flash of this chip is, how its option bytes lay it out, and what of it
// is protected, and fills in the rest of the target. `named` is the text of --device, or NULL. Only
// reads, a few dozen bytes; what the ROM refuses stays unknown. Of a size that is named and one
// that is asked the smaller counts. Without a device it asks nothing. Problems: those of read, but
// for EXIT_REFUSED.
int target_ask(struct target *target, const char *named, struct problem *problem);

// Takes the flash for as large as that of the line's largest chip: for --force. What the option
// bits say of the pages stays.
void target_take_largest(struct target *target);

// Refuses a chip whose readout protection is known to be on, and one whose banks are swapped:
// nobody has published which numbers its ROM gives to their pages then. Problem: EXIT_REFUSED.
int target_require_open(const struct target *target, struct problem *problem);

// The protected range that a range shares bytes with; NULL if there is none.
const struct region *target_protected_at(const struct target *target, const struct region *range);

// Refuses pages that are protected, and names them, before anything is erased. `pages` are `count`
// of this chip's, in order. Problem: EXIT_REFUSED.
int target_require_unprotected(const struct target *target, const struct region *pages,
                               size_t count, struct problem *problem);

#endif
