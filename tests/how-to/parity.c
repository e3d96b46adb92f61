// parity.c: clears the flags of a power-on, while nobody has written the mark: RAM has parity.
// SPDX-License-Identifier: MIT
//
// As a product that reads the flags, clears them, and is reset by its watchdog later. WRITES_MARK:
// it has written the words before, which is the cure.
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

#ifdef WRITES_MARK
static void write_mark(void)
{
    reg(BOOTLEAP_MARK)[0] = 0;
    reg(BOOTLEAP_MARK)[1] = 0;
}
#else
static void write_mark(void)
{
}
#endif

void application(enum bootleap_origin origin)
{
    if (*reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_POWER) {
        write_mark();
        *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
        *reg(AIRCR) = SYSRESET;
    }
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("parity", origin);
    for (;;) {
    }
}
