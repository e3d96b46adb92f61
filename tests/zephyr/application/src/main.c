// main.c: a shell command that enters the system bootloader (docs/zephyr.md).
// SPDX-License-Identifier: MIT
#include <zephyr/kernel.h>
#include <zephyr/shell/shell.h>

#include "bootleap_hook.h"
#include "bootleap_strerror.h"

static int bootloader(const struct shell *shell, size_t argc, char **argv)
{
    ARG_UNUSED(argc);
    ARG_UNUSED(argv);
    shell_error(shell, "%s", bootleap_strerror(bootleap_enter()));
    return -EACCES;
}

SHELL_CMD_REGISTER(bootloader, NULL, "Enter the STM32 system bootloader", bootloader);

int main(void)
{
    printk(bootleap_hooked_origin() == BOOTLEAP_FROM_ROM ? "from the bootloader\n"
                                                         : "from a reset\n");
    return 0;
}
