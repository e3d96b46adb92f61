// system_init.c: SystemInit() in a file of its own, as --wrap needs it and vendors have it.
// SPDX-License-Identifier: MIT
void SystemInit(void);

void SystemInit(void)
{
}
