// tasks.c: a privileged task that enters the system bootloader for others (docs/freertos.md).
// SPDX-License-Identifier: MIT
#include "FreeRTOS.h"
#include "task.h"

#include "bootleap.h"
#include "tasks.h"

static TaskHandle_t bootloader;

static void bootloader_task(void *unused)
{
    (void)unused;
    for (;;) {
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        refused(bootleap_enter()); // comes back only with a reason
    }
}

void start_bootloader_task(void)
{
    xTaskCreate(bootloader_task, "bootloader", configMINIMAL_STACK_SIZE, NULL,
                (tskIDLE_PRIORITY + 1) | portPRIVILEGE_BIT, &bootloader);
}

void ask_for_bootloader(void)
{
    xTaskNotifyGive(bootloader);
}
