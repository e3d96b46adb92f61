// main.c: a main() in the shape of CubeMX's for EWARM, which does not know bootleap yet.
// SPDX-License-Identifier: MIT
#include "main.h"

/* USER CODE BEGIN Includes */

/* USER CODE END Includes */

/* USER CODE BEGIN 0 */

/* USER CODE END 0 */

int main(void)
{
    while (1) {
        /* USER CODE BEGIN 3 */

        /* USER CODE END 3 */
    }
}
