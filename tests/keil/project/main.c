// main.c: a main() in the shape of CubeMX's for MDK-ARM, which does not know bootleap yet.
// SPDX-License-Identifier: MIT
#include "main.h"

/* USER CODE BEGIN Includes */

/* USER CODE END Includes */

int main(void)
{
    /* USER CODE BEGIN 1 */

    /* USER CODE END 1 */

    while (1) {
        /* USER CODE BEGIN 3 */

        /* USER CODE END 3 */
    }
}
