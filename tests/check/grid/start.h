// start.h: vector table and start-up of one image, for recipes that are a file each.
// SPDX-License-Identifier: MIT
#ifndef START_H
#define START_H

#include "recipe.h" // of tests/recipes

#define SCB_ICSR        0xE000ED04u
#define ICSR_CLEAR_BOTH 0x0A000000u // PENDSVCLR, PENDSTCLR

// Armv6-M has PRIMASK alone, Armv8-M has limits of the stack besides.
#if __ARM_ARCH >= 7
#define SET_A_MASK  "msr basepri, %0\n"
#define CLEAR_MASKS "msr basepri, %0\ncpsie f\ncpsie i\n"
#else
#define SET_A_MASK  "cpsid i\n"
#define CLEAR_MASKS "cpsie i\n"
#endif
#ifdef __ARM_ARCH_8M_MAIN__
#define SET_A_LIMIT  "msr psplim, %0\n"
#define CLEAR_LIMITS "msr psplim, %0\nmsr msplim, %0\n"
#else
#define SET_A_LIMIT  ""
#define CLEAR_LIMITS ""
#endif

// What the compiler may not fold into its caller.
#define SEPARATE static __attribute__((noinline))

extern uint32_t stack_top[];
extern volatile uint32_t bss_start[], bss_end[];
extern volatile uint32_t code_from[], code_to[], code_end[]; // .data: where it is stored, and used

void reset_handler(void);

SEPARATE void on_any_exception(void)
{
    stay_here();
}

// A file that has one of these defines the macro before it includes this.
#ifndef ON_SERVICE_CALL
#define ON_SERVICE_CALL on_any_exception
#endif
#ifndef ON_TICK
#define ON_TICK on_any_exception
#endif
#ifndef FIRST_OF_ALL
#define FIRST_OF_ALL nothing
#endif

ALWAYS_INLINE void nothing(void)
{
}

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handlers[15])(void);
    void (*interrupts[4])(void);
} vectors = {
    stack_top,
    {[0] = reset_handler,
     [1] = on_any_exception,
     [2] = on_any_exception,
     [10] = ON_SERVICE_CALL,
     [13] = on_any_exception,
     [14] = ON_TICK},
    {on_any_exception, on_any_exception, on_any_exception, on_any_exception},
};

void reset_handler(void)
{
    FIRST_OF_ALL();
    for (volatile uint32_t *word = bss_start; word != bss_end; word++) {
        *word = 0;
    }
    for (volatile uint32_t *to = code_to, *from = code_from; to != code_end;) {
        *to++ = *from++;
    }
    application();
    stay_here();
}

// All masks, all limits: as after a reset.
ALWAYS_INLINE void clear_masks(void)
{
    __asm__ volatile(CLEAR_LIMITS CLEAR_MASKS : : "r"(0) : "memory");
}

// SysTick off, no line enabled, nothing pending.
ALWAYS_INLINE void quiet_interrupts(void)
{
    stop_tick();
    for (uint32_t i = 0; i < CHIP_INTERRUPT_WORDS; i++) {
        *reg(NVIC_ICER + 4 * i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + 4 * i) = 0xFFFFFFFFu;
    }
    *reg(SCB_ICSR) = ICSR_CLEAR_BOTH;
}

// Where the ROM's exceptions go: the remap with its clock before it, and VTOR.
ALWAYS_INLINE void select_rom_vectors(void)
{
    clock_remap();
    remap();
    *reg(SCB_VTOR) = CHIP_ROM;
}

#endif
