// system_init.c: SystemInit() in a file of its own, as --wrap needs it and vendors have it.
// SPDX-License-Identifier: MIT
void SystemInit(void);

// Not empty: link-time optimisation of Clang leaves out the call of one that does nothing, and with
// it what wraps it.
void SystemInit(void)
{
    __asm__ volatile("" : : : "memory");
}
