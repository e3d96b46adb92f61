// main.c: a main() in the shape of CubeMX's, with the lines that bootleap needs in its regions.
// SPDX-License-Identifier: MIT
#include "hal.h"

/* USER CODE BEGIN Includes */
#include "bootleap.h"
#include "bootleap_hook.h"
#include "bootleap_strerror.h"
#include "serial.h"
/* USER CODE END Includes */

/* USER CODE BEGIN PFP */
static int is_asked(void);
/* USER CODE END PFP */

void SysTick_Handler(void);
void SystemClock_Config(void);
void MX_USART_UART_Init(void);
int main(void);

void SysTick_Handler(void) // it_*.c has it
{
    HAL_IncTick();
}

void SystemClock_Config(void)
{
    HAL_RCC_StartPll();
}

void MX_USART_UART_Init(void)
{
    serial_open(SERIAL_BRR(42000000u));
}

int main(void)
{
    /* USER CODE BEGIN 1 */
    enum bootleap_origin origin = bootleap_hooked_origin();
    /* USER CODE END 1 */

    HAL_Init();
    SystemClock_Config();
    MX_USART_UART_Init();

    /* USER CODE BEGIN 2 */
    serial_introduce("CubeMX", origin);
    HAL_Delay(1);
    /* USER CODE END 2 */

    while (1) {
        /* USER CODE BEGIN 3 */
        if (is_asked()) {
            serial_print("to the ROM\r\n");
            serial_drain();
            int refusal = bootleap_enter(); // the PLL, SysTick and the USART are left as they are
            serial_print(bootleap_strerror(refusal));
            serial_print("\r\n");
        }
        /* USER CODE END 3 */
    }
}

/* USER CODE BEGIN 4 */
static int is_asked(void)
{
    return serial_read() == 'b';
}
/* USER CODE END 4 */
