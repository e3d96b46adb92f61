// system.c: SystemInit() and the C library's part of starting, as a CubeMX project has them.
// SPDX-License-Identifier: MIT
#include <stdint.h>

#define SCB_VTOR  0xE000ED08u
#define SCB_CPACR 0xE000ED88u
#define FLASH     0x08000000u

typedef void (*function)(void);

// From the linker script.
extern const function __preinit_array_start[], __preinit_array_end[];
extern const function __init_array_start[], __init_array_end[];

void SystemInit(void);
void __libc_init_array(void);

// The FPU on, and the vector table where USER_VECT_TAB_ADDRESS would put it.
void SystemInit(void)
{
    *(volatile uint32_t *)SCB_CPACR |= 0xFu << 20;
    *(volatile uint32_t *)SCB_VTOR = FLASH;
}

// What newlib's function of this name does.
void __libc_init_array(void)
{
    for (const function *one = __preinit_array_start; one < __preinit_array_end; one++) {
        (*one)();
    }
    for (const function *one = __init_array_start; one < __init_array_end; one++) {
        (*one)();
    }
}
