// fault.c: does one thing that the chip does not survive, for tests of the judge itself.
// SPDX-License-Identifier: MIT
#include <stdint.h>

extern uint32_t stack_top[];

void reset_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler}};

#if FAULT == 1 // an instruction that Armv6-M does not have: SDIV r0, r1, r3
#define BREAK ".inst.w 0xFB91F0F3\n"
#elif FAULT == 2 // an instruction that no core has
#define BREAK ".inst.n 0xDE00\n"
#elif FAULT == 3 // a load from where no chip of the table has anything
#define BREAK "movs r0, #0x70\nlsls r0, r0, #24\nldr r1, [r0]\n"
#elif FAULT == 4 // a store to flash
#define BREAK "movs r0, #8\nlsls r0, r0, #24\nstr r0, [r0, #64]\n"
#elif FAULT == 5 // a jump to where there is no memory
#define BREAK "ldr r0, =0x70000001\nbx r0\n"
#endif

void reset_handler(void)
{
    __asm__ volatile(".syntax unified\n"
                     ".globl broken\n"
                     "broken:\n" BREAK "b .\n"
                     ".ltorg\n");
}
