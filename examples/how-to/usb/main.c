// main.c: a stand-in for a USB stack calls the trigger's functions as a stack's callbacks would.
// SPDX-License-Identifier: MIT
//
// Characters on the USART stand for the host's requests: 1 and 9 set the line coding to 1200 and
// 9600 baud, D and d raise and drop DTR, x is DFU's DETACH. The answer goes out when the host
// fetches it, some time after the callback.
#include "board.h"
#include "bootleap_strerror.h"
#include "recipe.h"
#include "serial.h"
#include "usb_trigger.h"

#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u

void SysTick_Handler(void);

enum { FETCHED_AFTER_MS = 2 };

static volatile uint32_t milliseconds;
static uint32_t answered_at; // 0: nothing to answer
static struct usb_trigger trigger;

void SysTick_Handler(void)
{
    milliseconds++;
}

// What the stack does with one request: it calls back, then it has an answer ready.
static void handle_request(int request)
{
    if (request == '1' || request == '9') {
        usb_trigger_line_coding(&trigger, request == '1' ? 1200 : 9600);
    } else if (request == 'D' || request == 'd') {
        usb_trigger_line_state(&trigger, request == 'D', milliseconds);
    } else if (request == 'x') {
        usb_trigger_detach(&trigger, milliseconds);
    } else {
        return;
    }
    answered_at = milliseconds + FETCHED_AFTER_MS;
}

static void be_fetched_from(void)
{
    if (answered_at && milliseconds >= answered_at) {
        answered_at = 0;
        serial_print("status stage\r\n");
    }
}

static _Noreturn void main_loop(void)
{
    for (;;) {
        if (!answered_at) { // a host sends the next one when it has the answer
            handle_request(serial_read());
        }
        be_fetched_from();
        if (usb_trigger_due(&trigger, milliseconds)) {
            trigger.asked = 0; // so that a refusal is told once
            serial_print("to the ROM\r\n");
            serial_drain();
            serial_print(bootleap_strerror(bootleap_enter()));
            serial_print("\r\n");
        }
    }
}

void application(enum bootleap_origin origin)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("USB", origin);
    *(volatile uint32_t *)SYST_RVR = BOARD_USART_HZ / 1000 - 1; // the core's clock is the same
    *(volatile uint32_t *)SYST_CSR = 7;
    main_loop();
}
