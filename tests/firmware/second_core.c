// second_core.c: bootleap_park_second_core() returns and sleeps when it should.
// SPDX-License-Identifier: MIT
//
// One life for each case: the mark is written, a software reset follows, the next life asks.
// The virtual chips have one core; what the function decides does not depend on which.
#include "bootleap_devices.h"
#include "bootleap_second_core.h"
#include "say.h"

#include <stdint.h>

#define MARK      0xB0071EA0u
#define SCB_AIRCR 0xE000ED0Cu
#define LIFE      0x2000A000u // neither the mark nor anybody's

enum { BACK, ENTER, AWAY };

extern uint32_t stack_top[];

void reset_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler}};

static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

// A reset with software as its only flag that is looked at, and this mark.
static _Noreturn void start_life(uint32_t life, uint32_t stage)
{
    *reg(LIFE) = life;
    *reg(LIFE) = life; // the reset may lose the last store to this RAM
    *reg(BOOTLEAP_MARK) = MARK + stage;
    *reg(BOOTLEAP_MARK + 4) = ~(MARK + stage);
    *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
    *reg(SCB_AIRCR) = 0x05FA0004u;
    for (;;) {
    }
}

static _Noreturn void sleep_here(const char *what)
{
    say(what);
    bootleap_park_second_core();
    say("second core, went on\r\n");
    for (;;) {
    }
}

void reset_handler(void)
{
    uint32_t life = *reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_POWER ? 0 : *reg(LIFE);

    if (life == 0) { // power-on with a mark in noise
        *reg(BOOTLEAP_MARK) = MARK + ENTER;
        *reg(BOOTLEAP_MARK + 4) = ~(MARK + ENTER);
        bootleap_park_second_core();
        start_life(1, BACK);
    } else if (life == 1) { // back from the ROM
        bootleap_park_second_core();
        start_life(2, BOOTLEAP_SELF_RESET ? BACK : AWAY);
    } else if (life == 2) { // a reset ended the ROM
        bootleap_park_second_core();
        if (SLEEPS == AWAY) {
            // The first core was faster: the flags are cleared, the mark is AWAY.
            *reg(BOOTLEAP_MARK) = MARK + AWAY;
            *reg(BOOTLEAP_MARK + 4) = ~(MARK + AWAY);
            *reg(BOOTLEAP_FLAGS) |= BOOTLEAP_FLAGS_CLEAR;
            sleep_here("second core, asleep\r\n");
        }
        start_life(3, ENTER);
    }
    sleep_here("second core, asleep\r\n");
}
