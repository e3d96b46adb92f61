// main.cpp: an application in C++ that waits.
// SPDX-License-Identifier: MIT
#include <stdint.h>

namespace
{
volatile uint32_t &reg(uint32_t address)
{
    return *reinterpret_cast<volatile uint32_t *>(address);
}

struct Clocks { // a constructor runs before main()
    Clocks()
    {
        reg(0x40023830u) = reg(0x40023830u) | 1u;
    }
};
Clocks clocks;

bool is_button_pressed()
{
    return reg(0x40020010u) & 1u;
}
} // namespace

int main()
{
    for (;;) {
    }
}
