// jump.c: a jump into the system bootloader from a kernel that runs, to compare: not to be copied.
// SPDX-License-Identifier: MIT
//
// Undoes what the stm32_bootloader.c that was proposed to Zephyr undoes, at the same point: a word
// in RAM asks for it after a reset, when drivers and kernel are up (docs/zephyr.md). For an F4.
#include <zephyr/kernel.h>
#include <zephyr/shell/shell.h>

#define SYST_CSR      0xE000E010u
#define NVIC_ICER     0xE000E180u
#define NVIC_ICPR     0xE000E280u
#define SCB_AIRCR     0xE000ED0Cu
#define MPU_CTRL      0xE000ED94u
#define SYSCFG_MEMRMP 0x40013800u
#define ROM           0x1FFF0000u
#define ASKED         0xB007u

static uint32_t boot_mode __attribute__((section(".noinit")));

int main(void);

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static int bootloader(const struct shell *shell, size_t argc, char **argv)
{
    ARG_UNUSED(shell);
    ARG_UNUSED(argc);
    ARG_UNUSED(argv);
    boot_mode = ASKED;
    *reg(SCB_AIRCR) = 0x05FA0004u;
    return 0;
}

SHELL_CMD_REGISTER(bootloader, NULL, "Enter the STM32 system bootloader", bootloader);

static void jump(void)
{
    __asm__ volatile("cpsid i" : : : "memory");
    for (uint32_t i = 0; i < 32; i += 4) {
        *reg(NVIC_ICER + i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + i) = 0xFFFFFFFFu;
    }
    *reg(MPU_CTRL) = 0;
    *reg(SYST_CSR) = 0;
    *reg(SYSCFG_MEMRMP) = 1;
    __asm__ volatile("msr control, %2\n"
                     "msr basepri, %2\n"
                     "msr msp, %0\n"
                     "cpsie i\n"
                     "bx %1"
                     :
                     : "r"(*reg(ROM)), "r"(*reg(ROM + 4)), "r"(0)
                     : "memory");
}

int main(void)
{
    printk("from a reset\n");
    if (boot_mode == ASKED) {
        boot_mode = 0;
        jump();
    }
    return 0;
}
