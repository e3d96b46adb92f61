// main.cpp: starts the HAL and the clock before any global object, then runs the sketch.
// SPDX-License-Identifier: MIT
#include "Arduino.h"

extern "C" void init(void);

__attribute__((weak)) void initVariant()
{
}

__attribute__((constructor(101))) void premain()
{
    init();
}

int main()
{
    initVariant();
    setup();
    for (;;) {
        loop();
    }
}
