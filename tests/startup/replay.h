// replay.h: the accesses of a start-up, as program.py writes them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_REPLAY_H
#define BOOTLEAP_TESTS_REPLAY_H

#include <stdint.h>

enum { EXCEPTIONS = 256 };

enum access_kind {
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_WAIT,        // until the bits under `mask` are `value`
    ACCESS_ACKNOWLEDGE, // from now on the handler of `exception` writes `value` to `address`
    ACCESS_INTERRUPT,   // until `exception` has come `value` times more
};

struct access {
    uint8_t kind, bytes;
    uint16_t exception;
    uint32_t address, value, mask;
};

extern const struct access accesses[];
extern const uint32_t access_count;

void reset_handler(void);
void handler(void); // of all other exceptions

#endif
