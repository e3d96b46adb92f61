// bootleap_compiler.h: what the library asks of a compiler beyond C99, and the core's instructions.
// SPDX-License-Identifier: MIT
//
// Not for users. Compilers: GCC, Clang (Arm Compiler 6 is one) and IAR from 8 on, which takes the
// same attributes and the same statements of one instruction, but no directives in them. Source for
// IAR: ARM-software/CMSIS_6 6f0a58d CMSIS/Core/Include/cmsis_iccarm.h; it was never compiled there.
//
// Functions that are one statement are always inlined, so that they are the instruction and no
// call, whatever the level of optimisation.
#ifndef BOOTLEAP_COMPILER_H
#define BOOTLEAP_COMPILER_H

#include <stdint.h>

#ifdef __CC_ARM
#error "bootleap: Arm Compiler 5 does not compile it. Use Arm Compiler 6 (docs/keil.md)"
#endif

// Of a function: link-time optimisation is to leave it to who finds it by its name.
#define BOOTLEAP_USED __attribute__((used))
// Of a function. C99 has no word for it, and C11's would be a warning there.
#define BOOTLEAP_NORETURN __attribute__((__noreturn__))
// Of a variable: where it is linked to, and a multiple of how many bytes its address is.
#define BOOTLEAP_PLACED(section_name, bytes)                                                       \
    __attribute__((section(section_name), aligned(bytes), used))

#ifdef __ICCARM__
// 0: bootleap_depart() is in an assembly file of its own (tools/iar_departure.py makes it), and
// there is no way without a reset.
#define BOOTLEAP_GNU_ASSEMBLY 0
// Before a function's `static` or type: it stays a function.
#define BOOTLEAP_NOINLINE _Pragma("inline=never")
#define BOOTLEAP_INLINE   _Pragma("inline=forced") static inline
// The compiler knows nothing of this value from here on, and has it in a register. It saves code.
#define BOOTLEAP_OPAQUE(value) ((void)0)
// Masks interrupts; `masked` becomes PRIMASK as it was. No function, because not optimised it would
// read its argument from a stack that an interrupt of the ROM can have overwritten by then.
#define BOOTLEAP_SAVE_AND_MASK(masked)                                                             \
    do {                                                                                           \
        __asm volatile("mrs %0, primask" : "=r"(masked) : : "memory");                             \
        __asm volatile("cpsid i" : : : "memory");                                                  \
    } while (0)
// Where the code before never goes on.
#define BOOTLEAP_UNREACHABLE()                                                                     \
    for (;;) {                                                                                     \
    }
#else
#define BOOTLEAP_GNU_ASSEMBLY  1
#define BOOTLEAP_NOINLINE      __attribute__((noinline))
#define BOOTLEAP_INLINE        static inline __attribute__((always_inline))
#define BOOTLEAP_OPAQUE(value) __asm("" : "+l"(value))
#define BOOTLEAP_SAVE_AND_MASK(masked)                                                             \
    __asm volatile("mrs %0, primask\n"                                                             \
                   "cpsid i"                                                                       \
                   : "=r"(masked)                                                                  \
                   :                                                                               \
                   : "memory")
#define BOOTLEAP_UNREACHABLE() __builtin_unreachable()
#endif

BOOTLEAP_INLINE void mask_interrupts(void)
{
    __asm volatile("cpsid i" : : : "memory");
}

// Only bit 0 of it counts.
BOOTLEAP_INLINE void set_primask(uint32_t masked)
{
    __asm volatile("msr primask, %0" : : "r"(masked) : "memory");
}

BOOTLEAP_INLINE uint32_t read_control(void)
{
    uint32_t control;

    __asm volatile("mrs %0, control" : "=r"(control));
    return control;
}

BOOTLEAP_INLINE uint32_t read_ipsr(void)
{
    uint32_t exception;

    __asm volatile("mrs %0, ipsr" : "=r"(exception));
    return exception;
}

// All accesses before are done, and what they change of the core holds for the next instruction.
BOOTLEAP_INLINE void finish_accesses(void)
{
    __asm volatile("dsb" : : : "memory");
    __asm volatile("isb" : : : "memory");
}

BOOTLEAP_INLINE void finish_writes(void)
{
    __asm volatile("dsb" : : : "memory");
}

BOOTLEAP_INLINE void wait_for_interrupt(void)
{
    __asm volatile("wfi");
}

// Both words become 0, in one go where the core can.
#if __ARM_ARCH >= 7
BOOTLEAP_INLINE void clear_pair(volatile uint32_t *place)
{
    __asm volatile("strd %1, %1, [%0]" : : "l"(place), "l"(0) : "memory");
}
#else
BOOTLEAP_INLINE void clear_pair(volatile uint32_t *place)
{
    place[0] = 0;
    place[1] = 0;
}
#endif

#endif
