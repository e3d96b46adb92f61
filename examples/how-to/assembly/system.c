// system.c: what start-up code calls before main(), as hard on its registers as it may be.
// SPDX-License-Identifier: MIT
void SystemInit(void);
void __libc_init_array(void);

// A function may change r0 to r3 and r12. Which of them ST's SystemInit() changes depends on the
// part and on the compiler.
void SystemInit(void)
{
    __asm__ volatile("movs r0, #0xE0\n"
                     "movs r1, #0xE1\n"
                     "movs r2, #0xE2\n"
                     "movs r3, #0xE3\n"
                     "mov r12, r3"
                     :
                     :
                     : "r0", "r1", "r2", "r3", "r12");
}

// There is nothing to construct here.
void __libc_init_array(void)
{
}
