// park_hook.c: on the second core, Zephyr's reset handler calls bootleap_park_second_core() first.
// SPDX-License-Identifier: MIT
//
// The hooks are those of reset_hook.c.
#include "bootleap_second_core.h"

void __wrap_soc_reset_hook(void);
void __real_soc_reset_hook(void);
void __wrap_z_arm_platform_init(void);
void __real_z_arm_platform_init(void);

void __wrap_soc_reset_hook(void)
{
    bootleap_park_second_core();
    __real_soc_reset_hook();
}

void __wrap_z_arm_platform_init(void)
{
    bootleap_park_second_core();
    __real_z_arm_platform_init();
}
