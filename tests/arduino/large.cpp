// large.cpp: a sketch whose variables lie over the request word: start-up code clears them.
// SPDX-License-Identifier: MIT
#include <Arduino.h>

static volatile uint8_t large[100 * 1024];

static const struct Fill {
    Fill()
    {
        large[0] = 1;
    }
} fill; // so that the linker keeps them

#include "../../examples/EnterBySerial/EnterBySerial.ino"
