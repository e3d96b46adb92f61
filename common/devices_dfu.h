// devices_dfu.h: what a row says of its ROM's USB device.
// SPDX-License-Identifier: MIT
//
// Part of devices.h. Lists of ROM versions are 0-terminated; an empty one means none.
#ifndef BOOTLEAP_COMMON_DEVICES_DFU_H
#define BOOTLEAP_COMMON_DEVICES_DFU_H

#include "devices_rom.h"

#include <stdbool.h>
#include <stdint.h>

// What the serial number of the device is made of: eight hexadecimal digits, the sum of the first
// and the last word of the unique id, and four more.
enum dfu_serial {
    DFU_SERIAL_MIDDLE, // the upper half of its middle word
    DFU_SERIAL_LAST,   // the upper half of its last word
    DFU_SERIAL_FIXED,  // nothing of it: all chips have the same text, or one of a few
};

struct rom_dfu {
    unsigned transfer_size; // wTransferSize: bytes of a transfer at most; 0: the ROM has no DFU
    uint16_t usb;           // bcdUSB
    uint16_t release;       // bcdDevice
    const char *product;    // the string of that name
    uint8_t first_string;   // index of the string of the first memory, 4 at least
    uint8_t configuration;  // index of the string of the configuration; 0: there is none
    // The string of the first memory, the flash: its name, and of each run of sectors how many
    // digits their number and their size have at least, with zeroes before.
    const char *flash;
    uint8_t count_digits, size_digits;
    bool bare_bytes;             // a size below 1 KB has no letter, not even a space
    bool tells_largest;          // it tells the flash of the line's largest chip on each one
    const char *const *memories; // the strings of the other ones, terminated by NULL; "": as flash
    enum dfu_serial serial;
    const char *serial_text;     // a fixed one
    const uint16_t *leave_fails; // versions that do not start the application when they are left
    enum whether leaves_first;   // it is gone before the GETSTATUS that follows a leave
    unsigned mass_erase_ms;      // that it says for a mass erase; 0: not known
    enum confidence strings;     // of `flash` and `memories`
};

#endif
