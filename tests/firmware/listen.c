// listen.c: takes "ping" from a serial line, by asking, interrupt or DMA, and answers; or a button.
// SPDX-License-Identifier: MIT
//
// WAY is POLL, INTERRUPT, DMA or BUTTON. By interrupt the core is busy meanwhile, by DMA it sleeps,
// and with the button it waits for an event: nothing but what it waits for can wake it.
#include "listen.h"

#define POLL      1
#define INTERRUPT 2
#define DMA       3
#define BUTTON    4

#define NVIC_ISER 0xE000E100u
#define REG(a)    (*(volatile uint32_t *)(a))

enum { RE = 4, TE = 8, IDLE = 1 << 4, RXNE = 1 << 5, TXE = 1 << 7, DMAR = 1 << 6, SOME_BAUD = 139 };

extern uint32_t stack_top[]; // from the command line of the linker

void reset_handler(void);
void on_interrupt(void);

// The core's own, and more interrupts than the highest that is used here.
__asm__(".section .vectors, \"a\"\n"
        ".word stack_top, reset_handler\n"
        ".rept 14 + 150\n"
        ".word on_interrupt\n"
        ".endr\n"
        ".text\n");
extern const uint32_t vectors[] __asm__("flash_start");

// RAM that nothing else uses: how many bytes came, and whether what was waited for is there.
#define COUNT (BUFFER + 0x100)
#define READY (BUFFER + 0x104)

static void write_all(const struct write *writes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        REG(writes[i].address) = writes[i].value;
    }
}

#define WRITE_ALL(writes) write_all(writes, sizeof writes / sizeof writes[0])

static void say(const char *text)
{
    for (; *text; text++) {
        while (!(REG(STATUS) & TXE)) {
        }
        REG(TRANSMIT) = (uint32_t)*text;
    }
}

static void keep(uint32_t byte)
{
    ((volatile uint8_t *)BUFFER)[REG(COUNT)] = (uint8_t)byte;
    REG(COUNT) += 1;
    REG(READY) = byte == '\n';
}

void on_interrupt(void)
{
#if WAY == BUTTON
    REG(EXTI_PENDING) = 1u << 13;
    REG(READY) = 1;
#elif WAY == INTERRUPT
    while (REG(STATUS) & RXNE) {
        keep(REG(RECEIVE));
    }
#else // the line is idle
#ifdef ONE_DATA_REGISTER
    (void)REG(STATUS);
    (void)REG(RECEIVE);
#else
    REG(CLEAR_IDLE) = IDLE;
#endif
    REG(COUNT) = BYTES - (REG(DMA_LEFT) & 0xFFFFu);
    REG(READY) = 1;
#endif
}

static void wait(void)
{
    while (!REG(READY)) {
#if WAY == POLL
        if (REG(STATUS) & RXNE) {
            keep(REG(RECEIVE));
        }
#elif WAY == DMA
        __asm__ volatile("wfi");
#elif WAY == BUTTON
        __asm__ volatile("sev\n wfe\n wfe");
#endif
    }
}

static int is_ping(void)
{
    const volatile uint8_t *bytes = (const volatile uint8_t *)BUFFER;

    return REG(COUNT) == 5 && bytes[0] == 'p' && bytes[3] == 'g' && bytes[4] == '\n';
}

static void enable(uint32_t interrupt)
{
    REG(NVIC_ISER + interrupt / 32 * 4) = 1u << interrupt % 32;
}

void reset_handler(void)
{
    REG(0xE000ED08u) = (uint32_t)vectors; // VTOR
    WRITE_ALL(clocks);
    REG(COUNT) = REG(READY) = 0;
    REG(BAUD) = SOME_BAUD;
#if WAY == BUTTON
    REG(CR1) = UE | TE;
    enable(EXTI_INTERRUPT);
    WRITE_ALL(button);
    wait();
    say("pressed\n");
#else
#if WAY == DMA
    WRITE_ALL(dma);
    REG(CR3) = DMAR;
    enable(USART_INTERRUPT);
    REG(CR1) = UE | TE | RE | IDLE; // IDLEIE
#elif WAY == INTERRUPT
    enable(USART_INTERRUPT);
    REG(CR1) = UE | TE | RE | RXNE; // RXNEIE
#else
    REG(CR1) = UE | TE | RE;
#endif
    wait();
    say(is_ping() ? "pong\n" : "what?\n");
#endif
    for (;;) {
    }
}
