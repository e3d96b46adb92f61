// rom.c: the ROM of the QEMU machines: prints the state of the core at its first instruction.
// SPDX-License-Identifier: MIT
//
// Runs in memory that the machine has, with a stack of its own. A line is a name and a number
// in hexadecimal.
#include "semihosting.h"

#include <stdint.h>

#define SYST_CSR  0xE000E010u
#define NVIC_ISER 0xE000E100u
#define NVIC_ISPR 0xE000E200u
#define SCB_ICSR  0xE000ED04u
#define SCB_VTOR  0xE000ED08u
#define SCB_CCR   0xE000ED14u
#define MPU_CTRL  0xE000ED94u

extern uint32_t own_stack[], seen[]; // from the linker
_Noreturn void rom_start(void);
_Noreturn void rom_fault(void);
_Noreturn void rom_report(void);

typedef void (*vector)(void);

// Word 0 is what the ROM finds as its stack pointer; nothing is there that it would use.
__attribute__((section(".vectors"), used)) static const struct {
    uint32_t stack;
    vector handlers[15];
} vectors = {WORD0,
             {[0] = rom_start,
              [1] = rom_fault,
              [2] = rom_fault,
              [3] = rom_fault,
              [4] = rom_fault,
              [5] = rom_fault}};

// Who enters at a wrong place of the table must not slide to the right one: UDF, and again.
__asm__(".section .guard, \"ax\"\n.fill 32, 2, 0xDE00\n.text\n");

// The loader of QEMU writes it at every reset: what the peripherals of the chip would reset.
__attribute__((section(".registers"), used)) static uint32_t registers[] = {STAND_IN_REGISTERS};

// In the order of rom_start().
static const char *const names[] = {
    "SP",        "MSP",     "PSP", "CONTROL", "PRIMASK", "IPSR",
#if __ARM_ARCH >= 7
    "FAULTMASK", "BASEPRI",
#if BOOTLEAP_STACK_LIMITS
    "MSPLIM",    "PSPLIM",
#endif
#endif
};

#define KEEP(name) "mrs r1, " name "\nstr r1, [r0]\nadds r0, #4\n"
#if __ARM_ARCH < 7
#define MAINLINE
#elif BOOTLEAP_STACK_LIMITS
#define MAINLINE KEEP("faultmask") KEEP("basepri") KEEP("msplim") KEEP("psplim") "msr msplim, r2\n"
#else
#define MAINLINE KEEP("faultmask") KEEP("basepri")
#endif

__attribute__((naked)) _Noreturn void rom_start(void)
{
    __asm__ volatile(".syntax unified\n"
                     "mov r1, sp\n"
                     "ldr r0, =seen\n"
                     "str r1, [r0]\n"
                     "adds r0, #4\n"
                     "movs r2, #0\n" KEEP("msp") KEEP("psp") KEEP("control") KEEP("primask")
                         KEEP("ipsr") MAINLINE "msr control, r2\n"
                                               "isb\n"
                                               "ldr r1, =own_stack\n"
                                               "msr msp, r1\n"
                                               "bl rom_report\n"
                                               ".ltorg\n");
}

_Noreturn void rom_fault(void)
{
    print("fault in the ROM\n");
    end_run();
}

static uint32_t get(uint32_t address)
{
    return *(volatile uint32_t *)address;
}

static void say(const char *name, uint32_t value)
{
    char digits[9];

    digits[8] = '\0';
    for (int i = 8; i > 0; value >>= 4) {
        digits[--i] = "0123456789ABCDEF"[value & 15];
    }
    print(name);
    print(" ");
    print(digits);
    print("\n");
}

// Bits that are set in the first two words from here on.
static uint32_t count(uint32_t address)
{
    uint32_t bits = 0;

    for (uint32_t i = 0; i < 64; i++) {
        bits += get(address + i / 32 * 4) >> i % 32 & 1u;
    }
    return bits;
}

_Noreturn void rom_report(void)
{
    for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        say(names[i], seen[i]);
    }
    say("WORD0", WORD0);
    say("VTOR", get(SCB_VTOR));
    say("ENABLED", count(NVIC_ISER));
    say("PENDING", count(NVIC_ISPR) + (get(SCB_ICSR) >> 28 & 1u) + (get(SCB_ICSR) >> 26 & 1u));
    say("SYSTICK", get(SYST_CSR) & 1u);
    say("MPU", get(MPU_CTRL) & 1u);
    say("MARK", get(BOOTLEAP_MARK));
    say("COMPLEMENT", get(BOOTLEAP_MARK + 4));
    end_run();
}
