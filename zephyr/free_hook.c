// free_hook.c: the hooks of reset.S, empty, where the SoC has none of its own.
// SPDX-License-Identifier: MIT
//
// A file of its own, because --wrap does not see a call within one. A SoC's own hook is stronger.
void soc_reset_hook(void);
void z_arm_platform_init(void);

__attribute__((weak)) void soc_reset_hook(void)
{
}

__attribute__((weak)) void z_arm_platform_init(void)
{
}
