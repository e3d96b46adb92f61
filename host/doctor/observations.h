// observations.h: what was seen of a computer, a port, and a chip: signs and texts.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_OBSERVATIONS_H
#define BOOTLEAP_HOST_OBSERVATIONS_H

#include <stdbool.h>

// What can be seen. Each is a fact, not a cause: the table of rules concludes.
enum sign {
    SIGN_NONE, // ends a list
    // The port, and what is on USB:
    SIGN_NO_FILE,           // there is no such file
    SIGN_KERNEL_HAS_PORT,   // ... but the kernel has a port of this name
    SIGN_OTHER_PORT,        // ... and there is one of the same kind: TEXT_OTHER
    SIGN_ADAPTER_TAKEN,     // a serial adapter without port: its interface belongs to a program
    SIGN_ADAPTER_NO_DRIVER, // ... or to nobody: TEXT_DRIVER is what it needs
    SIGN_BRLTTY,            // brltty runs
    SIGN_NOT_TTY,           // it is a file, and no serial port
    SIGN_ROM_ON_USB,        // an STM32's ROM is on USB: TEXT_ROM
    SIGN_SERIAL_ON_USB,     // an application with ST's id and a serial port is: TEXT_SERIAL
    SIGN_STLINK_ON_USB,     // an ST-LINK is: TEXT_STLINK
    SIGN_NO_USB_DEVICE,     // no USB device fits the port's name
    SIGN_SEVERAL_USB,       // several do: TEXT_OTHER is the first
    SIGN_USB_RUNTIME,       // it runs an application that knows DFU_DETACH
    SIGN_CLONE_DFU,         // its USB id is that of another maker's ROM: TEXT_CLONE
    SIGN_OTHER_DFU,         // it is in DFU mode, and its USB id is nobody's that is known
    // Whether it can be opened:
    SIGN_NO_ACCESS,        // this user may not open it
    SIGN_GROUP_MAY,        // ... but the members of TEXT_GROUP may
    SIGN_USER_LISTED,      // ... of which this user is one since the last log-in
    SIGN_USB_NO_ACCESS,    // the same of a USB device
    SIGN_RULE_INSTALLED,   // the udev rule of bootleap is there
    SIGN_WINDOWS,          // this is Windows
    SIGN_HELD,             // a program has it open: TEXT_HOLDER, TEXT_PID
    SIGN_HELD_BY_MODEM,    // ... which is ModemManager
    SIGN_HELD_BY_GETTY,    // ... or waits for somebody to log in
    SIGN_HELD_BY_BRLTTY,   // ... or is brltty
    SIGN_HOLDERS_HIDDEN,   // programs of other users may have it open
    SIGN_LOCKED,           // a lock file names a program that runs: TEXT_FILE, TEXT_PID
    SIGN_OPEN_FAILED,      // it was tried: TEXT_ERROR
    SIGN_MODEM_PROBES,     // ModemManager runs, and nothing keeps it from this port
    SIGN_CONSOLE,          // the kernel prints its messages there
    SIGN_PORT_APPLICATION, // a serial port that the chip's application brings
    SIGN_PORT_STLINK,      // the serial port of an ST-LINK
    // The line:
    SIGN_NO_UART,   // no chip is behind the port
    SIGN_NO_PARITY, // it does not take even parity
    SIGN_NO_BAUD,   // it does not take the baud rate: TEXT_BAUD
    SIGN_GONE,      // it went away meanwhile
    // What comes over it:
    SIGN_LISTENED,        // it was listened to
    SIGN_SILENT,          // nothing, whatever was sent
    SIGN_ECHO,            // what was sent
    SIGN_ECHO_AND_ROM,    // ... and the answer of a ROM behind it
    SIGN_TEXT,            // text, unasked: TEXT_HEARD
    SIGN_TEXT_OTHER_BAUD, // ... at TEXT_BAUD
    SIGN_NMEA,            // ... sentences of a GPS receiver
    SIGN_NOISE,           // bytes that are no text, unasked: TEXT_HEARD
    SIGN_ANSWER_TEXT,     // text as answer to the sync byte
    SIGN_ANSWER_GARBAGE,  // other bytes
    SIGN_ROM,             // a ROM's answer
    SIGN_ROM_OTHER_BAUD,  // ... at TEXT_BAUD
    // What it says of itself:
    SIGN_GET_REFUSED,      // no answer to Get, two bytes with an even number of ones each
    SIGN_VERSION_ANSWERED, // but to Get Version, two bytes with an odd number of them
    SIGN_ALL_ACKED,        // Get announces more commands than there can be
    SIGN_LONG_ID,          // Get ID has more than two bytes
    SIGN_IDENTIFY_FAILED,  // TEXT_ERROR
    SIGN_UNKNOWN_PRODUCT,  // TEXT_PRODUCT
    SIGN_UNKNOWN_ROM,      // its version is none of the row: TEXT_ROM_ID
    SIGN_OTHER_CHIP,       // it is not the named one
    SIGN_DFU_WAS_ERROR,    // it was in dfuERROR: TEXT_STATUS
    SIGN_DFU_STARTS_SO,    // as this version of the ROM starts
    SIGN_DFU_STUCK,        // it does not get to dfuIDLE
    SIGN_DFU_SILENT,       // no answer to a request
    SIGN_NOT_ST_STRINGS,   // ST's USB id, but not the strings of its ROMs: TEXT_HEARD
    // The chip:
    SIGN_READOUT_1,
    SIGN_READOUT_2,
    SIGN_HIDES,           // nothing is readable, and nobody says why
    SIGN_WRITE_PROTECTED, // TEXT_RANGE, TEXT_BITS
    SIGN_SWAPPED,
    // What the row of the named device says:
    SIGN_NAMED,
    SIGN_NO_USB_ROM,      // its ROM has no USB
    SIGN_USB_CRYSTAL,     // it needs a crystal for it: TEXT_CRYSTAL
    SIGN_USB_SUPPLY,      // its USB has a supply of its own
    SIGN_LOOKS_AT_FLASH,  // it starts the application unless flash is empty
    SIGN_BOOT0_IGNORED,   // a new chip does not look at BOOT0: TEXT_BOOT0
    SIGN_DEAF_PIN,        // TEXT_PINS
    SIGN_CLOSING_OPTIONS, // option bits that close it: TEXT_OPTIONS
    SIGNS
};

// What rules and commands fill in.
enum seen_text {
    TEXT_PORT,
    TEXT_NAME, // the last part of the port
    TEXT_USER,
    TEXT_GROUP,
    TEXT_MODE, // "crw-rw---- root dialout"
    TEXT_HOLDER,
    TEXT_PID,
    TEXT_FILE,
    TEXT_ERROR,
    TEXT_OTHER,
    TEXT_USB,      // "1a86:7523"
    TEXT_USB_PATH, // "1-2"
    TEXT_NODE,     // "/dev/bus/usb/001/005"
    TEXT_DRIVER,
    TEXT_CLONE,
    TEXT_ROM,
    TEXT_SERIAL,
    TEXT_STLINK,
    TEXT_BAUD,
    TEXT_HEARD,
    TEXT_PRODUCT,
    TEXT_ROM_ID,
    TEXT_STATUS,
    TEXT_RANGE,
    TEXT_BITS,
    TEXT_CHIP,   // what it is
    TEXT_DEVICE, // the named device, as verbs take it
    TEXT_CRYSTAL,
    TEXT_BOOT0,
    TEXT_PINS,
    TEXT_OPTIONS,
    TEXTS
};

enum { SEEN_TEXT_BYTES = 160 };

struct observations {
    bool signs[SIGNS];
    // What a file, a device, or a chip says is in it as it came, without control characters.
    char texts[TEXTS][SEEN_TEXT_BYTES];
};

// Sets the text to what is printable of it; NULL counts as "".
void observations_note(struct observations *seen, enum seen_text text, const char *value);

// Sets it to a number.
void observations_note_number(struct observations *seen, enum seen_text text, unsigned long value);

// What a rule calls a text, "port"; NULL beyond the last one.
const char *observations_text_name(unsigned text);

#endif
