// erase_first.c: erases the first page of flash from RAM, and jumps.
// SPDX-License-Identifier: MIT
//
// For ROMs that go back to a flash whose first word is not erased. Klipper3d/klipper#6959 tested
// it on an F042; users do the same in the thread of ST's article ("I use this on F042 and it
// works").
#include "recipe.h"

#define FLASH_KEYR 0x40022004u // as [device.first_pages] of the row: KEYR, SR, CR and AR
#define FLASH_SR   0x4002200Cu
#define FLASH_CR   0x40022010u
#define FLASH_AR   0x40022014u

__attribute__((section(".code_in_ram"), noinline, used)) static void erase_and_jump(void)
{
    uint32_t stack = *reg(CHIP_ROM), start = *reg(CHIP_ROM + 4);

    *reg(FLASH_KEYR) = 0x45670123u;
    *reg(FLASH_KEYR) = 0xCDEF89ABu;
    *reg(FLASH_CR) = 0x2;
    *reg(FLASH_AR) = CHIP_FLASH;
    *reg(FLASH_CR) = 0x42;
    while (*reg(FLASH_SR) & 1u) {
    }
    *reg(FLASH_CR) = 0x80;
    __asm__ volatile("msr msp, %0\nbx %1" : : "r"(stack), "r"(start) : "memory");
}

void application(void)
{
    void (*volatile in_ram)(void) = erase_and_jump; // too far for a direct call

    mask_interrupts();
    clock_remap();
    remap();
#if UNMASKED
    unmask_interrupts();
#endif
    in_ram();
}
