// bootleap_compiler.h: what the library asks of a compiler beyond C99, and the core's instructions.
// SPDX-License-Identifier: MIT
//
// Not for users. Compilers: GCC, Clang (Arm Compiler 6 is one) and IAR from 8 on, which takes the
// same attributes and the same statements of one instruction, but no directives in them. Source for
// IAR: ARM-software/CMSIS_6 6f0a58d CMSIS/Core/Include/cmsis_iccarm.h; it was never compiled there.
//
// Functions that are one statement are `inline`, so that they are the instruction and no call.
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
// The compiler knows nothing of this value from here on, and has it in a register. It saves code.
#define BOOTLEAP_OPAQUE(value) ((void)0)
// Where the code before never goes on.
#define BOOTLEAP_UNREACHABLE()                                                                     \
    for (;;) {                                                                                     \
    }
#else
#define BOOTLEAP_GNU_ASSEMBLY  1
#define BOOTLEAP_NOINLINE      __attribute__((noinline))
#define BOOTLEAP_OPAQUE(value) __asm("" : "+l"(value))
#define BOOTLEAP_UNREACHABLE() __builtin_unreachable()
#endif

static inline void mask_interrupts(void)
{
    __asm volatile("cpsid i" : : : "memory");
}

// `masked` becomes PRIMASK as it was. (As a value to return it costs 8 bytes.)
static inline void save_and_mask_interrupts(uint32_t *masked)
{
    __asm volatile("mrs %0, primask" : "=r"(*masked) : : "memory");
    mask_interrupts();
}

// Only bit 0 of it counts.
static inline void set_primask(uint32_t masked)
{
    __asm volatile("msr primask, %0" : : "r"(masked) : "memory");
}

static inline uint32_t read_control(void)
{
    uint32_t control;

    __asm volatile("mrs %0, control" : "=r"(control));
    return control;
}

static inline uint32_t read_ipsr(void)
{
    uint32_t exception;

    __asm volatile("mrs %0, ipsr" : "=r"(exception));
    return exception;
}

// All accesses before are done, and what they change of the core holds for the next instruction.
static inline void finish_accesses(void)
{
    __asm volatile("dsb" : : : "memory");
    __asm volatile("isb" : : : "memory");
}

static inline void finish_writes(void)
{
    __asm volatile("dsb" : : : "memory");
}

static inline void wait_for_interrupt(void)
{
    __asm volatile("wfi");
}

// Both words become 0, in one go where the core can.
#if __ARM_ARCH >= 7
static inline void clear_pair(volatile uint32_t *place)
{
    __asm volatile("strd %1, %1, [%0]" : : "l"(place), "l"(0) : "memory");
}
#else
static inline void clear_pair(volatile uint32_t *place)
{
    place[0] = 0;
    place[1] = 0;
}
#endif

#endif
