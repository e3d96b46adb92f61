// target_state.h: what is known of the chip at the other end.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_TARGET_STATE_H
#define BOOTLEAP_HOST_TARGET_STATE_H

#include "bootloader.h"
#include "devices.h"
#include "flash_layout.h"
#include "flash_state.h"

enum { TARGET_RANGES = 64, TARGET_NOTES = 7, TARGET_NOTE_BYTES = 200, TARGET_MATCHES = 16 };

// Who says how much flash there is.
enum target_ground {
    GROUND_ROW,  // the line's largest chip: nobody knows about this one
    GROUND_NAME, // the ordering code of --device
    GROUND_CHIP, // its flash size register, or the map that its ROM tells
};

struct target {
    struct bootloader *bootloader;
    const struct device *device; // NULL where the table has no such product id
    uint8_t rom_id;              // ID byte of the ROM version, 0x92 is V9.2; 0: not readable
    // Of a bootloader that has no product id: its flash as it tells it, whether chips of the device
    // have such a one, and the rows that it can be, each with the ID byte that was seen.
    struct memory_map map;
    bool map_fits;
    bool asks_size; // set before target_ask: read the flash size register although a map tells
    bool hides_rom; // it lets nothing of its ROM be read
    const struct device *rows[TARGET_MATCHES];
    uint8_t row_ids[TARGET_MATCHES];
    unsigned row_count;
    struct flash_layout layout; // the row's, until the chip has been asked; empty without a device
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

#endif
