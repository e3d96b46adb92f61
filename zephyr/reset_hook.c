// reset_hook.c: Zephyr's reset handler calls bootleap_on_reset() before the hook of the SoC.
// SPDX-License-Identifier: MIT
//
// reset.S calls soc_reset_hook() (z_arm_platform_init() until Zephyr 3.7) on the main stack, before
// it masks interrupts, switches to the process stack or touches .data and .bss. Some SoCs have that
// function themselves: the linker's --wrap puts this one before it.
#include "bootleap_hook.h"
#include "bootleap_hook_origin.h"

void __wrap_soc_reset_hook(void);
void __real_soc_reset_hook(void);
void __wrap_z_arm_platform_init(void);
void __real_z_arm_platform_init(void);

void __wrap_soc_reset_hook(void)
{
    keep_origin((uint32_t)bootleap_on_reset());
    __real_soc_reset_hook();
}

void __wrap_z_arm_platform_init(void)
{
    keep_origin((uint32_t)bootleap_on_reset());
    __real_z_arm_platform_init();
}

enum bootleap_origin bootleap_hooked_origin(void)
{
    return (enum bootleap_origin)kept_origin();
}
