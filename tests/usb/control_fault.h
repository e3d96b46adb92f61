// control_fault.h: what goes wrong with a control transfer, and how many of each kind there were.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CONTROL_FAULT_H
#define BOOTLEAP_TESTS_CONTROL_FAULT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_GONE,   // the device is pulled out before the transfer, and stays away
    FAULT_REPLUG, // it is pulled out before it, and comes back after `amount` ms
    FAULT_STALL,  // it refuses the transfer, which it never sees
    FAULT_ERROR,  // the transfer is lost on the way
    FAULT_LATE,   // its reply comes `amount` ms later
    FAULT_SHORT,  // the last `amount` bytes of its reply are missing
    FAULT_WRONG,  // one bit of its byte `amount` is wrong: of the reply, or of what is sent
};

struct fault {
    unsigned at; // the how manieth control transfer of the program that runs, from 1
    enum fault_kind kind;
    unsigned amount;
};

// "N:KIND" or "N:KIND=AMOUNT", KIND as above in small letters. False where it is none.
bool fault_parse(const char *text, struct fault *fault);

// Kinds of control transfers: those of DFU 1.1a and AN3156, then the standard ones.
enum control_kind {
    CONTROL_BLOCK, // DNLOAD of data
    CONTROL_ADDRESS,
    CONTROL_ERASE,
    CONTROL_MASS_ERASE,
    CONTROL_UNPROTECT,
    CONTROL_LEAVE, // DNLOAD of nothing
    CONTROL_UPLOAD,
    CONTROL_COMMANDS, // UPLOAD of block 0
    CONTROL_STATUS,
    CONTROL_STATE,
    CONTROL_CLEAR,
    CONTROL_ABORT,
    CONTROL_DETACH,
    CONTROL_DESCRIPTOR,
    CONTROL_INTERFACE,
    CONTROL_OTHER,
    CONTROL_KINDS
};

// `setup` are the eight bytes of the transfer, `data` what the host sends.
enum control_kind control_kind(const uint8_t *setup, const uint8_t *data);
const char *control_name(enum control_kind kind);

// A JSON object: the name of each kind and its count, and "total".
void control_print(FILE *file, const unsigned counts[CONTROL_KINDS]);

#endif
