// standstill.c: gets nowhere, in one way a number, for tests of what a run says of it.
// SPDX-License-Identifier: MIT
//
// For an STM32F405, but for UNNAMED, where the row of an STM32H723 has the register's name and not
// the bit's. The functions have names as in a vendor's project.
#include <stdint.h>

#include "bootleap_devices.h"

enum {
    LOOP = 1,           // an endless loop, two calls deep
    MASKED = 2,         // the same with interrupts masked while SysTick runs
    SET = 3,            // waits for a bit to be set that the row names
    UNNAMED = 4,        // ... that it does not name
    CLEAR = 5,          // waits for a bit to be cleared
    FIELD = 6,          // waits for a field of several bits
    ALIAS = 7,          // waits for a bit, through its bit-band alias
    GIVES_UP = 8,       // waits for a bit, and counts meanwhile
    FLAG = 9,           // waits for a variable that an interrupt should change
    SLEEP = 10,         // sleeps until an interrupt that nothing raises
    HANDLER = 11,       // a default handler that does not come back
    TICKS = 12,         // counts ticks of SysTick for ever
    WORK = 13,          // is at work for a long time
    NO_HOOK = 14,       // asks for the ROM by a mark, and has nothing that takes the request
    TOO_LATE = 15,      // an endless loop, because a bit was not set in time
    IN_TIME = 16,       // an endless loop, after a bit was set in time
    ERRORS = 17,        // waits for a bit, and looks for an error in another one
    SEVERAL = 18,       // waits for any of three bits
    COUNTED = 19,       // waits for SysTick by its flag
    VARIABLES = 20,     // waits for one of two variables
    UNRAISED = 21,      // an endless loop, with an interrupt that nothing raises
    MASKED_READ = 22,   // reads ticks with interrupts masked, until there are enough; then a loop
    NOTHING_WAKES = 23, // sleeps while SysTick counts without its interrupt
    DEEP_SLEEP = 24,    // in Stop, which SysTick's interrupt does not end
    BUTTON = 25,        // an endless loop, once PA1 was high and is low again
    EDGE = 26           // an endless loop, with the interrupt of PC13 falling
};

#define REG(address)   (*(volatile uint32_t *)(address))
#define SYST_CSR       REG(0xE000E010u)
#define SYST_RVR       REG(0xE000E014u)
#define NVIC_ISER2     REG(0xE000E108u)
#define NVIC_ISPR2     REG(0xE000E208u)
#define AIRCR          REG(0xE000ED0Cu)
#define SCR            REG(0xE000ED10u)
#define RCC_CFGR       REG(0x40023808u)
#define RCC_APB1ENR    REG(0x40023840u)
#define RCC_AHB1ENR    REG(0x40023830u)
#define RCC_APB2ENR    REG(0x40023844u)
#define GPIOA_IDR      REG(0x40020010u)
#define PIN_1          (1u << 1)
#define SYSCFG_EXTICR4 REG(0x40013814u)
#define EXTI_IMR       REG(0x40013C00u)
#define EXTI_FTSR      REG(0x40013C0Cu)
#define NVIC_ISER1     REG(0xE000E104u)
#define TIM2_CR1       REG(0x40000000u)
#define TIM2_SR        REG(0x40000010u)
#define TIM2_ARR       REG(0x4000002Cu)
#define CRYP_SR        REG(0x50060004u)
#define PWR_CSR        REG(0x40007004u)
#define PWR_CSR_BITS   REG(0x420E0080u) // the alias of bit 0
#define CRYP_CR        REG(0x50060000u) // that nobody models
#define PWR_D3CR       REG(0x58024818u)
#define WUF            (1u << 0)
#define COUNTFLAG      (1u << 16)
#define ALGODIR        (1u << 2)
#define SWS            (3u << 2)
#define SWS_PLL        (2u << 2)
#define IRQ_79         (1u << 15) // CRYP

extern uint32_t bss_start[], bss_end[];

void reset_handler(void);
void Default_Handler(void);
void SysTick_Handler(void);
void CRYP_IRQHandler(void);
void interrupt_79(void);
void Error_Handler(void);
void SystemClock_Config(void);
int main(void);

// Interrupt 79 has a handler of its own, but for HANDLER. The others share the default one.
__asm__(".section .vectors, \"a\"\n"
        ".word stack_top, reset_handler\n"
        ".rept 13\n"
        ".word Default_Handler\n"
        ".endr\n"
        ".word SysTick_Handler\n"
        ".rept 79\n"
        ".word Default_Handler\n"
        ".endr\n"
        ".word interrupt_79\n"
        ".rept 2\n"
        ".word Default_Handler\n"
        ".endr\n"
        ".text\n");

volatile uint32_t uwTick, done, failed, sink;

__attribute__((noinline)) void Default_Handler(void)
{
    for (;;) {
    }
}

void SysTick_Handler(void)
{
    uwTick++;
}

void CRYP_IRQHandler(void)
{
    done = 1;
}

#if STANDSTILL == 11 // HANDLER
void interrupt_79(void) __attribute__((alias("Default_Handler")));
#else
void interrupt_79(void) __attribute__((alias("CRYP_IRQHandler")));
#endif

__attribute__((noinline)) void Error_Handler(void)
{
    if (STANDSTILL == MASKED) {
        __asm__ volatile("cpsid i" : : : "memory");
    }
    for (;;) {
    }
}

static void start_ticks(void)
{
    SYST_RVR = 999;
    SYST_CSR = 7;
}

__attribute__((noinline)) static int has_error(void)
{
    return (CRYP_SR & 1u << 4) != 0;
}

static void wait_for_one_of_three(void)
{
    for (uint32_t flags = 0; !flags;) {
        if (CRYP_SR & 1u << 0) {
            CRYP_CR = 1;
            flags |= 1;
        }
        if (CRYP_SR & 1u << 1) {
            CRYP_CR = 2;
            flags |= 4;
        }
        if (CRYP_SR & 1u << 4) {
            CRYP_CR = 3;
            flags |= 8;
        }
    }
}

// Some hundred rounds, so that it was polled for long.
__attribute__((noinline)) static void wait_in_time(void)
{
    if (STANDSTILL == TOO_LATE) {
        for (uint32_t left = 500; left && !(PWR_CSR & WUF); left--) {
        }
        return;
    }
    RCC_APB1ENR |= 1;
    TIM2_ARR = 20000;
    TIM2_SR = 0;
    TIM2_CR1 = 1;
    while (!(TIM2_SR & 1u)) {
    }
    // Looked at often, and there each time, as TXE of a USART is.
    for (uint32_t i = 0; i < 3000; i++) {
        while (!(TIM2_SR & 1u)) {
        }
        TIM2_ARR = 20000;
    }
}

static void wait_for_some(void)
{
    while (STANDSTILL == ERRORS && !(CRYP_SR & 1u << 3)) {
        if (has_error()) {
            return;
        }
    }
    if (STANDSTILL == SEVERAL) {
        wait_for_one_of_three();
    }
}

static void wait_for_bits(void)
{
    switch (STANDSTILL) {
    case SET:
        while (!(PWR_CSR & WUF)) {
        }
        break;
    case UNNAMED:
        while ((PWR_D3CR & 1u << 30) == 0) {
        }
        break;
    case CLEAR:
        CRYP_CR = ALGODIR;
        while (CRYP_CR & ALGODIR) {
        }
        break;
    case FIELD:
        while ((RCC_CFGR & SWS) != SWS_PLL) {
        }
        break;
    case ALIAS:
        while (PWR_CSR_BITS == 0) {
        }
        break;
    case GIVES_UP:
        for (uint32_t left = 1000000000u; left && !(PWR_CSR & WUF); left--) {
        }
        break;
    default:
        break;
    }
}

static void count(void)
{
    SYST_RVR = 99999;
    SYST_CSR = 5;
    for (uint32_t left = 1000000000u; left; left--) {
        while (!(SYST_CSR & COUNTFLAG)) {
        }
    }
}

static uint32_t read_masked(void)
{
    uint32_t masked, now;

    __asm__ volatile("mrs %0, primask\ncpsid i" : "=r"(masked) : : "memory");
    now = uwTick;
    __asm__ volatile("msr primask, %0" : : "r"(masked) : "memory");
    return now;
}

static void wait_for_ticks(void)
{
    if (STANDSTILL < MASKED_READ || STANDSTILL > DEEP_SLEEP) {
        return;
    }
    start_ticks();
    if (STANDSTILL == MASKED_READ) {
        SYST_RVR = 49999;
        while (read_masked() < 3) {
        }
    } else if (STANDSTILL == NOTHING_WAKES) {
        SYST_CSR = 5;
        __asm__ volatile("wfi");
    } else {
        SCR = 4;
        __asm__ volatile("wfi");
    }
    Error_Handler();
}

static void wait_for_button(void)
{
    RCC_AHB1ENR |= 1u << 0;
    while (!(GPIOA_IDR & PIN_1)) {
    }
    while (GPIOA_IDR & PIN_1) {
    }
}

static void watch_edge(void)
{
    RCC_APB2ENR |= 1u << 14; // SYSCFG
    SYSCFG_EXTICR4 = 2u << 4;
    EXTI_FTSR = 1u << 13;
    EXTI_IMR = 1u << 13;
    NVIC_ISER1 = 1u << (40 - 32);
}

__attribute__((noinline)) void SystemClock_Config(void)
{
    if (STANDSTILL == MASKED) {
        start_ticks();
    }
    if (STANDSTILL == TOO_LATE || STANDSTILL == IN_TIME) {
        wait_in_time();
    }
    if (STANDSTILL == COUNTED) {
        count();
    }
    if (STANDSTILL == LOOP || STANDSTILL == MASKED || STANDSTILL == TOO_LATE ||
        STANDSTILL == IN_TIME) {
        Error_Handler();
    }
    wait_for_bits();
    wait_for_some();
    if (STANDSTILL == BUTTON) {
        wait_for_button();
    }
    if (STANDSTILL == EDGE) {
        watch_edge();
    }
}

static void ask_for_rom(void)
{
    if (!BOOTLEAP_MARK || REG(BOOTLEAP_MARK) == 0xB0071EA1u) {
        return;
    }
    REG(BOOTLEAP_MARK) = 0xB0071EA1u;
    REG(BOOTLEAP_MARK + 4) = ~0xB0071EA1u;
    __asm__ volatile("dsb" : : : "memory");
    AIRCR = 0x05FA0004u;
}

// Long, and never the same way twice in a row.
static void work(void)
{
    for (uint32_t i = 0;; i++) {
        for (uint32_t j = i * 2654435761u; j; j &= j - 1) {
            sink = j;
        }
    }
}

__attribute__((noinline)) int main(void)
{
    SystemClock_Config();
    switch (STANDSTILL) {
    case FLAG:
    case VARIABLES:
        NVIC_ISER2 = IRQ_79;
        while (!done && (STANDSTILL == FLAG || !failed)) {
        }
        break;
    case SLEEP:
    case UNRAISED:
    case HANDLER:
        NVIC_ISER2 = IRQ_79;
        NVIC_ISPR2 = STANDSTILL == HANDLER ? IRQ_79 : 0;
        if (STANDSTILL == SLEEP) {
            __asm__ volatile("wfi");
        }
        break;
    case TICKS:
        start_ticks();
        while (uwTick < 1000000000u) {
        }
        break;
    case WORK:
        work();
        break;
    case NO_HOOK:
        ask_for_rom();
        break;
    default:
        wait_for_ticks();
        break;
    }
    for (;;) {
    }
}

void reset_handler(void)
{
    for (volatile uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    main();
}
