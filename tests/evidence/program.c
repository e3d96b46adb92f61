// program.c: a program that does what a table of steps says, which act.py fills in.
// SPDX-License-Identifier: MIT
//
// One ELF runs every observation on every chip whose flash is at the place that it is linked for:
// its code is that of an Armv6-M, which each Cortex-M runs. It needs no RAM but a stack. steps.py
// replaces word 0 of the vector table and the table of steps in the bytes of the ELF; act.py has
// these numbers.
#include <stdint.h>

enum { MOST_STEPS = 320, VECTORS = 256 };

enum act {
    STAY,      // here, for ever
    WRITE,     // first is an address, second a word for it
    CHANGE,    // first is an address, second a mask of bits, third their value
    AWAIT,     // until the bits second of the word at first are third
    EXECUTE,   // one to three halfwords of code and a return in second and third; first in R0
    HANDLER,   // go on behind this step once an exception has come
    GO_ON_IF,  // the words at first are second and third; else behind the next OTHERWISE
    OTHERWISE, // where GO_ON_IF goes on
    RESET,     // by AIRCR
    ON_PROCESS_STACK, // go on with first in PSP and CONTROL.SPSEL set
    ARRIVE,           // be at arrived(), for ever
    JUMP,             // first is a vector table: load MSP from its word 0, go to its word 1
    JUMP_ON,          // the same with second in MSP, and to third where that is not 0
    JUMP_KEEP,        // the same with the stack as it is
};

struct step {
    uint32_t act, first, second, third;
};

#define SCB_AIRCR 0xE000ED0Cu

__attribute__((noreturn)) void obey_all(const volatile struct step *step);
void arrived(void);
void reset_handler(void);
void on_exception(void);
void on_tick(void);
void on_fault(void);

// Filled in by act.py: the stack, the functions below for each exception, and what to do.
__attribute__((section(".vectors"), used)) const volatile uint32_t vectors[VECTORS];
__attribute__((section(".steps"), used)) const volatile struct step steps[MOST_STEPS];

static inline volatile uint32_t *word_at(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static inline void barrier(void)
{
    __asm__ volatile("dsb\nisb" : : : "memory");
}

__attribute__((noreturn)) static void stay_here(void)
{
    for (;;) {
        __asm__ volatile("nop");
    }
}

// Nothing of the compiler's stands between the new stack and the jump.
__attribute__((noreturn)) static void jump_on(uint32_t stack, uint32_t start)
{
    __asm__ volatile("msr msp, %0\nbx %1" : : "r"(stack), "r"(start) : "memory");
    __builtin_unreachable();
}

__attribute__((noreturn)) static void jump_keep(uint32_t start)
{
    __asm__ volatile("bx %0" : : "r"(start) : "memory");
    __builtin_unreachable();
}

static void leave(const volatile struct step *step)
{
    uint32_t start = step->third;

    if (!start) {
        start = *word_at(step->first + 4);
    }
    if (step->act == JUMP_KEEP) {
        jump_keep(start);
    }
    jump_on(step->act == JUMP ? *word_at(step->first) : step->second, start);
}

static void reset_chip(void)
{
    barrier();
    *word_at(SCB_AIRCR) = 0x05FA0004u;
    stay_here();
}

// What a run is told to end at.
__attribute__((noinline)) void arrived(void)
{
    stay_here();
}

static void execute(const volatile struct step *step)
{
    // The code is in the table itself: it ends with a return.
    void (*code)(uint32_t) = (void (*)(uint32_t))((uint32_t)&step->second | 1u);

    code(step->first);
}

// What C has on the old stack is left there.
static void use_process_stack(const volatile struct step *step)
{
    __asm__ volatile("msr psp, %0\nmovs r0, #2\nmsr control, r0\nisb\n"
                     "mov r0, %1\nbl obey_all"
                     :
                     : "r"(step->first), "r"(step + 1)
                     : "r0", "memory");
}

static const volatile struct step *if_asked(const volatile struct step *step)
{
    if (word_at(step->first)[0] != step->second || word_at(step->first)[1] != step->third) {
        while (step->act != OTHERWISE) {
            step++;
        }
    }
    return step + 1;
}

static void change(const volatile struct step *step)
{
    volatile uint32_t *word = word_at(step->first);

    *word = (*word & ~step->second) | step->third;
}

// Does what one step says. Returns where to go on.
static const volatile struct step *obey(const volatile struct step *step)
{
    switch ((enum act)step->act) {
    case WRITE:
        *word_at(step->first) = step->second;
        break;
    case CHANGE:
        change(step);
        break;
    case AWAIT:
        while ((*word_at(step->first) & step->second) != step->third) {
        }
        break;
    case EXECUTE:
        execute(step);
        break;
    case GO_ON_IF:
        return if_asked(step);
    case RESET:
        reset_chip();
        break;
    case ON_PROCESS_STACK:
        use_process_stack(step);
        break;
    case JUMP:
    case JUMP_ON:
    case JUMP_KEEP:
        leave(step);
        break;
    case ARRIVE:
        arrived();
        break;
    case OTHERWISE:
        break;
    case HANDLER:
    case STAY:
        stay_here();
    }
    return step + 1;
}

__attribute__((used, noreturn)) void obey_all(const volatile struct step *step)
{
    for (;;) {
        step = obey(step);
    }
}

void reset_handler(void)
{
    obey_all(steps);
}

// An exception for which the table waits, and any other that comes.
void on_exception(void)
{
    const volatile struct step *step = steps;

    while (step->act != HANDLER && step < steps + MOST_STEPS) {
        step++;
    }
    obey_all(step + 1);
}

void on_tick(void)
{
}

void on_fault(void)
{
    stay_here();
}
