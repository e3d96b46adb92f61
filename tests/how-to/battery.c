// battery.c: clears the flags of a power-on and resets: no mark from before may come to life.
// SPDX-License-Identifier: MIT
//
// Products clear the flags when they have read them, and reset for reasons of their own.
#include "board.h"
#include "bootleap_devices.h"
#include "recipe.h"
#include "serial.h"

#include <stdint.h>

#define AIRCR    0xE000ED0Cu
#define SYSRESET 0x05FA0004u

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

void application(enum bootleap_origin origin)
{
    if (*reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_POWER) {
        *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
        *reg(AIRCR) = SYSRESET;
    }
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("battery", origin);
    for (;;) {
        if (serial_read() == 'b') {
            bootleap_enter();
        }
    }
}
