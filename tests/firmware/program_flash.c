// program_flash.c: erases a page of its own flash, programs it, and runs what it has programmed.
// SPDX-License-Identifier: MIT
//
// If all is as ST says, it ends with a fault in the page, which is erased once more after its code
// has run; else it stays in wrong().
#include "program_flash.h"

#define REG(a) (*(volatile uint32_t *)(a))

enum { RETURN_1 = 0x47702001, RETURN_2 = 0x47702002, LEAST_PAGE = 128 };

extern uint32_t stack_top[]; // from the command line of the linker

void reset_handler(void);
void wrong(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {reset_handler}};

__attribute__((noinline)) void wrong(void)
{
    for (;;) {
    }
}

static void need(int holds)
{
    if (!holds) {
        wrong();
    }
}

static void wait(void)
{
    need((REG(SR) & BUSY) != 0);
    while (REG(SR) & BUSY) {
    }
}

static void erase(void)
{
    REG(CR) = PER | NUMBER;
#ifdef AR
    REG(AR) = PAGE;
#endif
#ifdef STRT
    REG(CR) = PER | NUMBER | STRT;
#else
    REG(PAGE) = 0;
#endif
    wait();
    REG(CR) = 0;
    for (uint32_t at = 0; at < LEAST_PAGE; at += 4) {
        need(REG(PAGE + at) == ERASED);
    }
}

static void store(uint32_t address, uint32_t value)
{
#ifdef HALF_WORDS
    *(volatile uint16_t *)address = (uint16_t)value;
    wait();
    *(volatile uint16_t *)(address + 2) = (uint16_t)(value >> 16);
#else
    REG(address) = value;
#endif
}

// A unit that begins with `code`. Wide units end with instructions that nobody comes to.
static void program(uint32_t code)
{
    REG(CR) = PG;
    for (uint32_t at = 0; at < UNIT; at += 4) {
        store(PAGE + at, at ? 0xBF00BF00 : code);
    }
    wait();
    REG(CR) = 0;
    need(REG(PAGE) == code);
}

static uint32_t run(void)
{
    return ((uint32_t(*)(void))(PAGE | 1u))();
}

void reset_handler(void)
{
    need((REG(CR) & LOCK) != 0);
    if (STRAY) {
        uint32_t before = REG(PAGE);
        REG(PAGE) = 0;
        need(REG(PAGE) == before && REG(SR) == STRAY);
        REG(CLEAR) = STRAY;
    }
    REG(KEYR) = FIRST_KEY;
    REG(KEYR) = SECOND_KEY;
#ifdef PRGKEYR
    REG(PRGKEYR) = 0x8C9DAEBF;
    REG(PRGKEYR) = 0x13141516;
#endif
    need((REG(CR) & LOCK) == 0);
    for (int turn = 0; turn < 2; turn++) {
        erase();
        program(RETURN_1);
        need(run() == 1);
        erase();
        program(RETURN_2);
        need(run() == 2);
    }
    erase();
    REG(CR) = LOCK;
    REG(CR) = PER;
    need((REG(CR) & (LOCK | PER)) == LOCK);
    run();
    wrong();
}
