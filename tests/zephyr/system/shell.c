// shell.c: a shell and a USB device, as far as the applications of docs/zephyr.md need them.
// SPDX-License-Identifier: MIT
//
// A line that begins with '!' is what a USB host does: "!1200" sets the baud rate, "!detach" is
// DFU's request.
#include "board.h"
#include "kernel.h"
#include "serial.h"

#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>
#include <zephyr/shell/shell.h>
#include <zephyr/usb/usbd.h>

enum { LINE_SIZE = 32 };

extern const struct shell_command shell_commands_start[], shell_commands_end[];
int main(void);

static const struct device cdc_acm = {"cdc_acm"};
static uint32_t baud_rate;
static void (*on_message)(struct usbd_context *, const struct usbd_msg *);
static struct k_work_delayable *due;
static uint32_t due_at;

void printk(const char *text)
{
    serial_print(text);
}

void shell_error(const struct shell *shell, const char *format, const char *text)
{
    (void)shell;
    (void)format;
    serial_print(text);
    serial_print("\r\n");
}

void usbd_msg_register_cb(struct usbd_context *usb,
                          void (*callback)(struct usbd_context *, const struct usbd_msg *))
{
    (void)usb;
    on_message = callback;
}

int uart_line_ctrl_get(const struct device *device, uint32_t what, uint32_t *value)
{
    (void)device;
    *value = what == UART_LINE_CTRL_BAUD_RATE ? baud_rate : 0;
    return 0;
}

int k_work_schedule(struct k_work_delayable *work, uint32_t milliseconds)
{
    due = work;
    due_at = sys_clock_ticks() + milliseconds;
    return 1;
}

static int same(const char *one, const char *other)
{
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

static void host_acts(const char *line)
{
    struct usbd_msg message = {USBD_MSG_CDC_ACM_LINE_CODING, &cdc_acm};

    if (same(line, "!detach")) {
        message.type = USBD_MSG_DFU_APP_DETACH;
    } else {
        baud_rate = same(line, "!1200") ? 1200 : 9600;
    }
    if (on_message) {
        on_message(0, &message);
    }
    serial_print("status stage\r\n"); // the host's request is answered
}

static void run(const char *line)
{
    if (line[0] == '!') {
        host_acts(line);
        return;
    }
    for (const struct shell_command *one = shell_commands_start; one < shell_commands_end; one++) {
        if (same(line, one->name)) {
            one->handler(0, 1, 0);
        }
    }
}

static void run_due_work(void)
{
    struct k_work_delayable *work = due;

    if (work && sys_clock_ticks() >= due_at) {
        due = 0;
        work->handler(&work->work);
    }
}

void shell_start(void)
{
    static char line[LINE_SIZE];
    unsigned length = 0;

    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    main();
    for (;;) {
        int character = serial_read();
        if (character == '\n') {
            line[length] = 0;
            length = 0;
            run(line);
        } else if (character >= 0 && length < LINE_SIZE - 1) {
            line[length++] = (char)character;
        }
        run_due_work();
    }
}
