// main.c: a main() with FreeRTOS in the shape of CubeMX's: the default task is at its end.
// SPDX-License-Identifier: MIT
#include "main.h"
#include "cmsis_os.h"

/* USER CODE BEGIN Includes */

/* USER CODE END Includes */

/* USER CODE BEGIN PD */

/* USER CODE END PD */

void SystemClock_Config(void);
static void MX_GPIO_Init(void);
void StartDefaultTask(void *argument);
int main(void);

int main(void)
{
    /* USER CODE BEGIN 1 */

    /* USER CODE END 1 */

    HAL_Init();
    SystemClock_Config();
    MX_GPIO_Init();

    osKernelInitialize();
    osThreadNew(StartDefaultTask, NULL, NULL);
    osKernelStart();

    /* We should never get here as control is now taken by the scheduler */
    /* USER CODE BEGIN WHILE */
    while (1) {
        /* USER CODE END WHILE */

        /* USER CODE BEGIN 3 */
    }
    /* USER CODE END 3 */
}

void SystemClock_Config(void)
{
    HAL_RCC_StartPll();
}

static void MX_GPIO_Init(void)
{
    *(volatile uint32_t *)0x40023830u |= 1u; // the clock of port A
}

void StartDefaultTask(void *argument)
{
    /* USER CODE BEGIN 5 */
    (void)argument;
    for (;;) {
        osDelay(1);
    }
    /* USER CODE END 5 */
}
