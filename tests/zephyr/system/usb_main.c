// usb_main.c: an application with a USB device that its host may ask.
// SPDX-License-Identifier: MIT
#include "bootleap_hook.h"
#include "usb.h"

#include <zephyr/kernel.h>

int main(void);

int main(void)
{
    listen_to_usb_host(0);
    printk(bootleap_hooked_origin() == BOOTLEAP_FROM_ROM ? "from the bootloader\n"
                                                         : "from a reset\n");
    return 0;
}
