// core_check.c: checks from inside that the virtual chip behaves as its core and its reset do.
// SPDX-License-Identifier: MIT
//
// Prints "core check: passed", or the first check that failed as a letter: A is the first call
// of check() below, in the order in which they run.
#include "board.h"
#include "bootleap_devices.h"

#include <stdint.h>

#define SYST_CSR       0xE000E010u
#define SYST_RVR       0xE000E014u
#define NVIC_ISER      0xE000E100u
#define NVIC_ICER      0xE000E180u
#define NVIC_ISPR      0xE000E200u
#define SCB_ICSR       0xE000ED04u
#define SCB_VTOR       0xE000ED08u
#define SCB_AIRCR      0xE000ED0Cu
#define SCB_CPACR      0xE000ED88u
#define ICSR_PENDSVSET 0x10000000u
#define SECOND_LIFE    0x5EC04D11u
#define DMA_REGISTER   0x4002F000u // belongs to nothing that is modelled

extern uint32_t stack_top[];

void reset_handler(void);
void svc_handler(void);
void pendsv_handler(void);
void systick_handler(void);
void irq0_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[16];
} vectors = {stack_top,
             {[0] = reset_handler,
              [10] = svc_handler,
              [13] = pendsv_handler,
              [14] = systick_handler,
              [15] = irq0_handler}};

// Fixed places, because nothing here copies .data or clears .bss.
static volatile uint32_t *const counts = (volatile uint32_t *)0x20006000;
static volatile uint32_t *const life = (volatile uint32_t *)0x20006100;
enum { SVC, PENDSV, SYSTICK, IRQ0, CHECKS, FAILED, COUNTS };

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

static void check(int holds)
{
    counts[CHECKS]++;
    if (!holds && !counts[FAILED]) {
        counts[FAILED] = counts[CHECKS];
    }
}

void svc_handler(void)
{
    counts[SVC]++;
}

void pendsv_handler(void)
{
    counts[PENDSV]++;
}

void systick_handler(void)
{
    counts[SYSTICK]++;
}

// Spoils what the core must have put on the stack for it.
void irq0_handler(void)
{
    counts[IRQ0]++;
    __asm__ volatile(".syntax unified\n"
                     "movs r0, #0\nmovs r1, #0\nmovs r2, #0\nmovs r3, #0\nmov r12, r0\n"
                     :
                     :
                     : "r0", "r1", "r2", "r3", "r12");
#if BOOTLEAP_FPU
    __asm__ volatile(".fpu fpv4-sp-d16\nvmov s0, r0\nvmov s15, r0\n");
#endif
}

// Registers 0 to 3 and 12 keep their values over an interrupt: returns their sum.
static uint32_t interrupt_sum(void)
{
    register uint32_t sum __asm__("r0");

    __asm__ volatile(".syntax unified\n"
                     "movs r0, #1\nmovs r1, #2\nmovs r2, #4\nmovs r3, #8\nmov r12, r3\n"
                     "push {r4}\n"
                     "ldr r4, =0xE000E200\n"
                     "str r0, [r4]\n" // pends interrupt 0
                     "dsb\nisb\n"
                     "pop {r4}\n"
                     "adds r0, r0, r1\nadds r0, r0, r2\nadds r0, r0, r3\nadd r0, r12\n"
                     "b 1f\n.ltorg\n1:\n"
                     : "=r"(sum)
                     :
                     : "r1", "r2", "r3", "r12", "cc", "memory");
    return sum;
}

static void check_clock_gate(void)
{
    uint32_t port = ((const uint32_t[]){BOARD_LED_1})[0];

    *reg(port) = 0x55555555u;
    check(*reg(port) == 0);
    *reg(BOARD_PORT_CLOCKS) |= BOARD_PORT_CLOCKS_MASK;
    check(*reg(port) != 0x55555555u); // what was written without a clock is lost
    *reg(port) = 0x55555555u;
    check(*reg(port) == 0x55555555u);
    *reg(DMA_REGISTER) = 0x1234u;
    check(*reg(DMA_REGISTER) == 0x1234u);
}

static void check_exceptions(void)
{
    __asm__ volatile("svc 0");
    check(counts[SVC] == 1);
    __asm__ volatile("cpsid i");
    *reg(SCB_ICSR) = ICSR_PENDSVSET;
    __asm__ volatile("dsb\nisb");
    check(counts[PENDSV] == 0 && *reg(SCB_ICSR) & ICSR_PENDSVSET);
    __asm__ volatile("cpsie i\nisb");
    check(counts[PENDSV] == 1);
    *reg(NVIC_ISPR) = 1;
    __asm__ volatile("dsb\nisb");
    check(counts[IRQ0] == 0); // not enabled yet
    *reg(NVIC_ISER) = 1;
    __asm__ volatile("dsb\nisb");
    check(counts[IRQ0] == 1);
    check(interrupt_sum() == 1 + 2 + 4 + 8 + 8 && counts[IRQ0] == 2);
}

// An interrupt of a thread on the process stack. All in assembly: what the compiler keeps on
// the main stack cannot be reached in between.
static void check_process_stack(void)
{
    register uint32_t r0 __asm__("r0") = 0x20007000u;
    register uint32_t r1 __asm__("r1") = NVIC_ISPR;

    __asm__ volatile(".syntax unified\n"
                     "msr psp, r0\n"
                     "movs r2, #2\n"
                     "msr control, r2\n"
                     "isb\n"
                     "movs r2, #1\n"
                     "str r2, [r1]\n" // pends interrupt 0
                     "dsb\n"
                     "isb\n"
                     "mrs r1, control\n"
                     "mrs r0, psp\n"
                     "movs r2, #0\n"
                     "msr control, r2\n"
                     "isb\n"
                     : "+r"(r0), "+r"(r1)
                     :
                     : "r2", "memory");
    uint32_t psp = r0, control = r1; // the registers are kept until the next call only
    check(counts[IRQ0] == 3);
    check((control & 3u) == 2); // back on the process stack
    check(psp == 0x20007000u);
    *reg(NVIC_ICER) = 1;
}

static void check_systick(void)
{
    *reg(SYST_RVR) = 500;
    *reg(SYST_CSR) = 7;
    for (int i = 0; i < 3; i++) {
        __asm__ volatile("wfi");
    }
    *reg(SYST_CSR) = 0;
    check(counts[SYSTICK] >= 3);
}

#if BOOTLEAP_FPU
static void check_fpu(void)
{
    uint32_t low, high;

    *reg(SCB_CPACR) |= 0xF00000u;
    __asm__ volatile("dsb\nisb");
    *reg(NVIC_ISER) = 1;
    __asm__ volatile(".fpu fpv4-sp-d16\n"
                     "vmov s0, %2\nvmov s15, %3\n"
                     "str %4, [%5]\ndsb\nisb\n"
                     "vmov %0, s0\nvmov %1, s15\n"
                     : "=&r"(low), "=&r"(high)
                     : "r"(0x12345678), "r"(0x9ABCDEF0), "r"(1), "r"(NVIC_ISPR)
                     : "memory");
    check(low == 0x12345678 && high == 0x9ABCDEF0 && counts[IRQ0] == 4);
    *reg(NVIC_ICER) = 1;
}
#else
static void check_fpu(void)
{
}
#endif

// RAM keeps what it holds over a software reset, the flags say so, peripherals forget.
static void check_reset(void)
{
    if (*life != SECOND_LIFE) {
        *life = SECOND_LIFE;
        *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
        check((*reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_ANY) == 0);
        *reg(SCB_AIRCR) = 0x05FA0004u;
        __asm__ volatile("dsb\nb .");
    }
    check((*reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_SOFTWARE) != 0);
    check((*reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_POWER) == 0);
    check(*reg(BOARD_USART + BOARD_USART_CR1) == 0);
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        *reg(BOARD_USART + BOARD_USART_TRANSMIT) = (uint32_t)*text;
    }
}

void reset_handler(void)
{
    char failed[] = "core check: failed at @\r\n";

    *reg(SCB_VTOR) = (uint32_t)&vectors;
    if (*life != SECOND_LIFE) {
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = 0;
        }
        check_clock_gate();
        check_exceptions();
        check_process_stack();
        check_systick();
        check_fpu();
    }
    check_reset();
    *reg(BOARD_USART_CLOCK) |= BOARD_USART_CLOCK_MASK;
    *reg(BOARD_USART + BOARD_USART_CR1) = BOARD_USART_ENABLE;
    failed[22] = (char)('@' + counts[FAILED]);
    put_text(counts[FAILED] ? failed : "core check: passed\r\n");
    for (;;) {
        __asm__ volatile("wfi");
    }
}
