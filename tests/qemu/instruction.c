// instruction.c: executes one instruction that some cores have and others do not.
// SPDX-License-Identifier: MIT
//
// INSTRUCTION is its name; cores.txt says which core has it.
#include <stdint.h>

#define SCB_CPACR 0xE000ED88u

extern uint32_t stack_top[]; // from the linker

void reset_handler(void);
_Noreturn void fault(void);
_Noreturn void done(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler, [2] = fault}};

// Encodings, because the assembler refuses what the core does not have.
#define sdiv   ".inst.w 0xFB91F0F3" // sdiv r0, r1, r3
#define uadd8  ".inst.w 0xFA81F243" // uadd8 r2, r1, r3
#define vmov   ".inst.w 0xEE000A10" // vmov s0, r0
#define vadd64 ".inst.w 0xEE310B02" // vadd.f64 d0, d1, d2
#define tt     ".inst.w 0xE841F000" // tt r0, r1

void reset_handler(void)
{
    *(volatile uint32_t *)SCB_CPACR = 0xF00000u; // or else no core has the FPU's
    __asm__ volatile("dsb\nisb\nmovs r1, #1\nmovs r3, #1\n" INSTRUCTION
                     :
                     :
                     : "r0", "r1", "r2", "r3", "cc", "memory");
    done();
}
