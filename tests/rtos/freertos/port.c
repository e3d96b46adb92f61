// port.c: FreeRTOS's names for the kernel of examples/how-to/rtos, which is shaped like its ports.
// SPDX-License-Identifier: MIT
//
// One task is privileged; the other reads the USART and is not, as under an MPU port.
#include "board.h"
#include "bootleap_hook.h"
#include "bootleap_strerror.h"
#include "kernel.h"
#include "serial.h"
#include "task.h"
#include "tasks.h"

int main(void);

static TaskFunction_t privileged;
static volatile uint32_t notified;

int xTaskCreate(TaskFunction_t code, const char *name, uint32_t stack_words, void *parameters,
                uint32_t priority, TaskHandle_t *handle)
{
    (void)name;
    (void)stack_words;
    (void)parameters;
    if (priority & portPRIVILEGE_BIT) {
        privileged = code;
    }
    *handle = NULL;
    return pdTRUE;
}

uint32_t ulTaskNotifyTake(int clear, uint32_t ticks)
{
    (void)clear;
    (void)ticks;
    while (!notified) {
    }
    notified = 0;
    return 1;
}

void xTaskNotifyGive(TaskHandle_t task)
{
    (void)task;
    notified = 1;
}

void refused(int refusal)
{
    serial_print(bootleap_strerror(refusal));
    serial_print("\r\n");
}

static void privileged_task(void)
{
    if (privileged) {
        privileged(NULL);
    }
    for (;;) {
    }
}

static void unprivileged_task(void)
{
    for (;;) {
        switch (serial_read()) {
        case 'b':
            ask_for_bootloader();
            break;
        case 'u':
            refused(bootleap_enter());
            break;
        default:
            break;
        }
    }
}

int main(void)
{
    serial_open(SERIAL_BRR(BOARD_USART_HZ));
    serial_introduce("FreeRTOS", bootleap_hooked_origin());
    start_bootloader_task();
    kernel_start(privileged_task, unprivileged_task); // vTaskStartScheduler()
}
