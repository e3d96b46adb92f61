// flag.c: the way without a mark, "a software reset means the ROM", to show why bootleap has one.
// SPDX-License-Identifier: MIT
//
// Not to be copied: every software reset goes to the ROM here, whoever made it. Nothing of the
// library's way is in this file; -DWITH_MARK builds the same application with the library.
#include "board.h"
#include "recipe.h"
#include "serial.h"

#define AIRCR    0xE000ED0Cu
#define SYSRESET 0x05FA0004u
#define SCB_VTOR 0xE000ED08u
// RCC_CSR, and the reset flags in it (RM0090 Rev 21, section 7.3.21).
#define RCC_CSR 0x40023874u
#define RMVF    0x01000000u
#define SFTRSTF 0x10000000u
// System memory (AN2606 Rev 70, Table 73), SYSCFG's clock and MEM_MODE (RM0090 Rev 21, 7.3.14
// and 9.2.1).
#define ROM      0x1FFF0000u
#define APB2ENR  0x40023844u
#define SYSCFGEN 0x00004000u
#define MEMRMP   0x40013800u

void HardFault_Handler(void);

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static _Noreturn void reset(void)
{
    for (;;) {
        *reg(AIRCR) = SYSRESET;
    }
}

#ifdef WITH_MARK
static void request(void)
{
    bootleap_enter();
}
#else
static void request(void)
{
    reset();
}

static _Noreturn void go_to_rom(void)
{
    *reg(APB2ENR) |= SYSCFGEN;
    (void)*reg(APB2ENR);
    *reg(MEMRMP) = 1;
    __asm__ volatile("msr msp, %0\n"
                     "bx %1\n"
                     :
                     : "r"(*reg(ROM)), "r"(*reg(ROM + 4))
                     : "memory");
    __builtin_unreachable();
}

// Takes the place of the library's function.
enum bootleap_origin bootleap_on_reset(void)
{
    if (*reg(RCC_CSR) & SFTRSTF) {
        *reg(RCC_CSR) |= RMVF;
        go_to_rom();
    }
    return BOOTLEAP_FROM_RESET;
}
#endif

// As fault handlers of products do: note it, start anew.
void HardFault_Handler(void)
{
    reset();
}

void application(enum bootleap_origin origin)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("flag", origin);
    for (;;) {
        int character = serial_read();
        if (character == 'b') {
            request();
        } else if (character == 'f') { // something goes wrong
            HardFault_Handler();
        } else if (character == 'r') { // NVIC_SystemReset() anywhere, after new settings say
            reset();
        }
    }
}
