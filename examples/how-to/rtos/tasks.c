// tasks.c: enters the ROM from a task, a critical section, an interrupt, an unprivileged task.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "bootleap_strerror.h"
#include "kernel.h"
#include "recipe.h"
#include "serial.h"

#define NVIC_ISER 0xE000E100u
#define NVIC_ISPR 0xE000E200u

void IRQ0_Handler(void);

static volatile int for_unprivileged; // a character that the other task is to act on

static void report(const char *who, int refusal)
{
    serial_print(who);
    serial_print(bootleap_strerror(refusal));
    serial_print("\r\n");
}

void IRQ0_Handler(void)
{
    report("interrupt: ", bootleap_enter());
}

static void act_on(int character)
{
    switch (character) {
    case 't':
        report("task: ", bootleap_enter());
        break;
    case 'c':
        kernel_enter_critical();
        report("critical section: ", bootleap_enter());
        kernel_exit_critical();
        break;
    case 'i':
        *(volatile uint32_t *)NVIC_ISER = 1;
        *(volatile uint32_t *)NVIC_ISPR = 1;
        break;
    case 'u':
    case 's':
        for_unprivileged = character;
        break;
    default:
        break;
    }
}

static void privileged_task(void)
{
    for (;;) {
        act_on(serial_read());
    }
}

// What an MPU port does to a task: it may not reset the chip, and the NVIC is out of its reach.
static void unprivileged_task(void)
{
    for (;;) {
        if (for_unprivileged) {
            int refusal = bootleap_enter();
            report("unprivileged task: ", refusal);
            if (refusal == BOOTLEAP_UNPRIVILEGED && for_unprivileged == 's') {
                report("supervisor: ", kernel_enter_rom());
            }
            for_unprivileged = 0;
        }
    }
}

void application(enum bootleap_origin origin)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("RTOS", origin);
    kernel_start(privileged_task, unprivileged_task);
}
