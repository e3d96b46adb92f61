// usb_reset.c: a direct jump from a live application that resets its USB before, or not.
// SPDX-License-Identifier: MIT
//
// The thread of ST's article, writer of the G473's story: on an L433 it works when the USB port
// is reset before the jump, and does not without. Registers: zephyrproject-rtos/hal_stm32 fe7d2e2
// stm32cube/stm32l4xx/soc/stm32l433xx.h.
#include "recipe.h"

#define APB1ENR1  0x40021058u
#define APB1RSTR1 0x40021038u
#define USBFS     0x04000000u // the same bit in both
#define USB_CNTR  0x40006840u
#define USB_BCDR  0x40006858u
#define USB_LINE  67

void application(void)
{
    start_application();
    *reg(APB1ENR1) |= USBFS;
    *reg(USB_CNTR) = 0x9C00;
    *reg(USB_BCDR) = 0x8000; // the pull-up
    *reg(NVIC_ISER + USB_LINE / 32 * 4) = 1u << USB_LINE % 32;
    mask_interrupts();
#if RESETS_USB
    *reg(USB_CNTR) |= 2u;
    *reg(APB1RSTR1) |= USBFS;
    *reg(APB1RSTR1) &= ~USBFS;
#endif
    reset_clocks_as_hal();
    stop_tick();
    clear_interrupts();
    unmask_interrupts();
    jump_in_c(CHIP_ROM);
}
