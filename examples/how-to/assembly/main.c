// main.c: an application that start-up code in assembly tells why it runs.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "bootleap.h"
#include "serial.h"

#include <stdint.h>

extern uint32_t boot_origin;
uint32_t boot_origin; // the start-up code writes it: an enum bootleap_origin

int main(void);

int main(void)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    if (boot_origin <= BOOTLEAP_ROM_GAVE_UP) {
        serial_introduce("assembly", (enum bootleap_origin)boot_origin);
    } else {
        serial_print("assembly, no origin\r\n"); // the start-up code has lost it
    }
    for (;;) {
        if (serial_read() == 'b') {
            bootleap_enter();
        }
    }
}
