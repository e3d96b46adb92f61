// second_core.c: an application for the second core of a dual-core part.
// SPDX-License-Identifier: MIT
#include <zephyr/kernel.h>

int main(void);

int main(void)
{
    printk("the second core runs\n");
    return 0;
}
