// main.c: a thread on the process stack that enters the system bootloader when it reads a b.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "bootleap.h"
#include "serial.h"

extern uint32_t boot_origin;
int main(void);

int main(void)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("ChibiOS", (enum bootleap_origin)boot_origin);
    __asm__ volatile("cpsie i" : : : "memory"); // chSysInit() does
    for (;;) {
        if (serial_read() == 'b') {
            bootleap_enter();
        }
    }
}
