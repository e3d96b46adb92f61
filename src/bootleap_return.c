// bootleap_return.c: a second vector table: a host's Go to it resets the chip to the application.
// SPDX-License-Identifier: MIT
//
// bootleap.h says how it is placed and used. The table's handler needs no stack and no memory but
// the mark, so that it also works for a host that jumps to the code instead of the table.

// An Arduino build compiles every file of this folder, and its linker script has no place for it.
#ifndef ARDUINO

#include "bootleap.h"
#include "bootleap_depart.h"
#include "bootleap_devices.h"

#include <stdint.h>

#ifndef BOOTLEAP_STACK_TOP
#define BOOTLEAP_STACK_TOP _estack
#endif

// The ROM judges the first word as an initial stack, and what runs in its handlers until they are
// masked uses it: the application's own is right for both.
extern uint32_t BOOTLEAP_STACK_TOP[];

typedef void (*vector)(void);

struct bootleap_table {
    uint32_t *stack;
    vector handlers[15];
};

extern const struct bootleap_table bootleap_return;
void bootleap_return_handler(void);

#if BOOTLEAP_ENTRY

// A RAM with an error code over 8 bytes takes them in one store; other RAM takes them alike.
#if __ARM_ARCH >= 7
#define STORE_BACK "strd r2, r3, [r1]\n"
#else
#define STORE_BACK                                                                                 \
    "str r2, [r1]\n"                                                                               \
    "str r3, [r1, #4]\n"
#endif

// Clears bits of registers: of what writes memory by itself, which a ROM may have left running,
// and the flag by which every reset would start the ROM, because flash was empty once.
#define CLEAR_BITS                                                                                 \
    ".rept %c[cleared]\n"                                                                          \
    "ldmia r7!, {r1, r2}\n"                                                                        \
    "ldr r4, [r1]\n"                                                                               \
    "bics r4, r2\n"                                                                                \
    "str r4, [r1]\n"                                                                               \
    ".endr\n"

// Where that flag toggles: written as it is read, and nothing else of its register.
#if BOOTLEAP_EMPTY_TOGGLES
#define TOGGLE_EMPTY                                                                               \
    "ldmia r7!, {r1, r2}\n"                                                                        \
    "ldr r4, [r1]\n"                                                                               \
    "ands r4, r2\n"                                                                                \
    "str r4, [r1]\n"
#define TOGGLE_WORDS    ".word %c[toggles], %c[empty]\n"
#define TOGGLE_OPERANDS [toggles] "i"(BOOTLEAP_EMPTY_TOGGLES), [empty] "i"(BOOTLEAP_EMPTY_MASK),
#else
#define TOGGLE_EMPTY
#define TOGGLE_WORDS ""
#define TOGGLE_OPERANDS
#endif

// A mark in backup registers wants their clock and DBP, each read back before what needs it.
#if BOOTLEAP_BACKUP
#define SET_BITS                                                                                   \
    "ldmia r7!, {r5, r6}\n"                                                                        \
    "ldr r4, [r5]\n"                                                                               \
    "orrs r4, r6\n"                                                                                \
    "str r4, [r5]\n"                                                                               \
    "ldr r4, [r5]\n"
#define OPEN_MARK SET_BITS SET_BITS
#define CLOSE_MARK                                                                                 \
    "ldr r2, [r1, #4]\n"                                                                           \
    "bics r4, r6\n"                                                                                \
    "str r4, [r5]\n"
#define OPEN_WORDS    ".word %c[bclock], %c[bmask], " BOOTLEAP_BACKUP_LOCK_WORDS "\n"
#define OPEN_OPERANDS [bclock] "i"(BOOTLEAP_BACKUP_CLOCK), [bmask] "i"(BOOTLEAP_BACKUP_CLOCK_MASK),
#else
#define OPEN_MARK
#define CLOSE_MARK
#define OPEN_WORDS ""
#define OPEN_OPERANDS
#endif

// Reset flags of the past would hide the mark or be taken for those of the reset to come.
#define CLEAR_FLAGS                                                                                \
    "ldmia r7!, {r1, r2}\n"                                                                        \
    "ldr r4, [r1]\n"                                                                               \
    "orrs r4, r2\n"                                                                                \
    "str r4, [r1]\n"

// The store must neither be forbidden by an MPU nor stay in a data cache: a debugger's jump finds
// both as the application had them.
#define WRITE_BACK                                                                                 \
    "ldmia r7!, {r5}\n" /* MPU_CTRL */                                                             \
    ".if %c[mpu]\n"                                                                                \
    "movs r4, #0\n"                                                                                \
    "str r4, [r5]\n"                                                                               \
    "dsb\n"                                                                                        \
    "isb\n"                                                                                        \
    ".endif\n"                                                                                     \
    "mov r0, r5\n" OPEN_MARK "ldmia r7!, {r1, r2}\n"                                               \
    "mvns r3, r2\n" STORE_BACK CLOSE_MARK "dsb\n"                                                  \
    ".if %c[dcache]\n" /* DCCMVAC */                                                               \
    "str r1, [r0, #0x1D4]\n"                                                                       \
    "dsb\n"                                                                                        \
    ".endif\n"

#define RESET                                                                                      \
    "subs r0, #0x88\n" /* AIRCR */                                                                 \
    "ldmia r7!, {r1}\n"                                                                            \
    "str r1, [r0]\n"                                                                               \
    "1: b 1b\n"

#define POOL                                                                                       \
    ".balign 4\n"                                                                                  \
    "9:\n" BOOTLEAP_CLEARED_WORDS TOGGLE_WORDS                                                     \
    ".word %c[flags], %c[clear], 0xE000ED94\n" OPEN_WORDS                                          \
    ".word %c[place], %c[back], 0x05FA0004\n"

// Interrupts are masked first: the ROM left its own enabled, and may have some pending.
_Noreturn void bootleap_return_handler(void)
{
    __asm__ volatile(
        ".syntax unified\n"
        "cpsid i\n"
        "adr r7, 9f\n" CLEAR_BITS TOGGLE_EMPTY CLEAR_FLAGS WRITE_BACK RESET POOL
        :
        : TOGGLE_OPERANDS OPEN_OPERANDS[cleared] "i"(BOOTLEAP_CLEARED), [flags] "i"(BOOTLEAP_FLAGS),
          [clear] "i"(BOOTLEAP_FLAGS_CLEAR), [mpu] "i"(BOOTLEAP_MPU), [place] "i"(BOOTLEAP_MARK),
          [back] "i"(MARK + BACK), [dcache] "i"(BOOTLEAP_DCACHE)
        : "memory");
    __builtin_unreachable();
}

#else // nothing is known of a mark here, and a reset alone starts the application clean

_Noreturn void bootleap_return_handler(void)
{
    __asm__ volatile("cpsid i" : : : "memory");
    *(volatile uint32_t *)0xE000ED0Cu = 0x05FA0004u; // AIRCR: SYSRESETREQ
    for (;;) {
    }
}

#endif

// What the core itself knows: a SysTick or a fault on the way here leads to the same end.
#define HERE bootleap_return_handler
__attribute__((section(".bootleap_return"), aligned(256), used)) //
const struct bootleap_table bootleap_return = {
    BOOTLEAP_STACK_TOP,
    {HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE, HERE},
};

#else

typedef int nothing_here; // C wants at least one declaration in a file

#endif
