// startup.c: vector table, start-up and a small application around each recipe.
// SPDX-License-Identifier: MIT
//
// Like the start-up code that vendors' tools generate: it zeroes .bss and leaves VTOR alone.
#include "recipe.h"

enum { INTERRUPTS = 32 };

extern uint32_t stack_top[];            // from the command line of the linker
extern uint32_t bss_start[], bss_end[]; // from the linker script
extern uint32_t code_from[], code_to[], code_end[];

typedef void (*vector)(void);

volatile uint32_t ticks;

void reset_handler(void);
void on_tick(void);
void on_fault(void);

void on_tick(void)
{
    ticks++;
}

void on_fault(void)
{
    stay_here();
}

__attribute__((weak)) void first_of_all(void)
{
}

__attribute__((weak)) void on_interrupt(void)
{
    stay_here();
}

__attribute__((weak)) void on_service_call(void)
{
    stay_here();
}

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
    vector interrupts[INTERRUPTS];
} vectors = {
    stack_top,
    {[0] = reset_handler, [2] = on_fault, [10] = on_service_call, [14] = on_tick},
    {[0] = on_interrupt},
};

// What a vendor's HAL sets besides RCC on the way to fast clocks, and leaves for good.
static void set_supplies_and_flash(void)
{
    static const uint32_t settings[][3] = CHIP_SETTINGS;

    for (unsigned i = 0; settings[i][0]; i++) {
        *reg(settings[i][0]) = (*reg(settings[i][0]) & ~settings[i][1]) | settings[i][2];
    }
}

// As ST's SystemInit() does for code that uses it.
static void turn_on_fpu(void)
{
    if (CHIP_HAS_FPU) {
        *reg(SCB_CPACR) |= 0xFu << 20;
    }
}

void start_application(void)
{
    volatile uint32_t *led = reg(CHIP_LED_PORT); // MODER, and ODR at 0x14

    set_supplies_and_flash();
    if (CHIP_OSCILLATOR_MASK) {
        *reg(CHIP_OSCILLATOR) |= CHIP_OSCILLATOR_MASK;
    }
    *reg(CHIP_LED_CLOCK) |= CHIP_LED_CLOCK_MASK;
    (void)*reg(CHIP_LED_CLOCK);
    led[0] = (led[0] & ~3u) | 1u;
    led[5] |= 1u;
    *reg(NVIC_ISER) = 1;
    start_tick();
    while (ticks < 2) {
    }
}

void reset_clocks_as_hal(void)
{
    static const uint32_t tree[][2] = CHIP_CLOCK_TREE;

    for (unsigned i = 0; i < sizeof tree / sizeof tree[0]; i++) {
        *reg(tree[i][0]) = tree[i][1];
    }
    start_tick();
}

void clear_interrupts(void)
{
    for (uint32_t i = 0; i < CHIP_INTERRUPT_WORDS; i++) {
        *reg(NVIC_ICER + 4 * i) = 0xFFFFFFFFu;
        *reg(NVIC_ICPR + 4 * i) = 0xFFFFFFFFu;
    }
}

void reset_handler(void)
{
    first_of_all();
    turn_on_fpu();
    for (volatile uint32_t *word = bss_start; word != bss_end; word++) {
        *word = 0;
    }
    for (volatile uint32_t *to = code_to, *from = code_from; to != code_end;) {
        *to++ = *from++;
    }
    application();
    stay_here();
}
