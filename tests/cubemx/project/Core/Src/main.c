// main.c: a main() in the shape of CubeMX's, which does not know bootleap yet.
// SPDX-License-Identifier: MIT
#include "main.h"

/* USER CODE BEGIN Includes */

/* USER CODE END Includes */

/* USER CODE BEGIN PD */

/* USER CODE END PD */

void SystemClock_Config(void);
static void MX_GPIO_Init(void);
int main(void);

int main(void)
{
    /* USER CODE BEGIN 1 */

    /* USER CODE END 1 */

    HAL_Init();
    SystemClock_Config();
    MX_GPIO_Init();

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
