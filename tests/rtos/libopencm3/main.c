// main.c: an application that enters the system bootloader when it reads a b. Its data fill RAM.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "bootleap.h"
#include "serial.h"

// More than the 32 KB that lie before the request word of these chips.
uint8_t samples[0xA000] __attribute__((used));

extern uint32_t boot_origin;
int main(void);

int main(void)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("libopencm3", (enum bootleap_origin)boot_origin);
    for (;;) {
        if (serial_read() == 'b') {
            bootleap_enter();
        }
    }
}
