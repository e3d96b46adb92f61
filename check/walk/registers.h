// registers.h: registers of peripherals that a walk knows: the NVIC, SysTick, SCB, MEM_MODE.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REGISTERS_H
#define BOOTLEAP_CHECK_REGISTERS_H

#include "walker.h"

enum {
    SYSTICK_ENABLE = 1,
    SYSTICK_TICKINT = 2,
    ICSR_PENDSTSET = 1 << 26,
    ICSR_PENDSVSET = 1 << 28,
};

#define SYST_CSR  UINT32_C(0xE000E010)
#define NVIC_ISER UINT32_C(0xE000E100)
#define NVIC_ICER UINT32_C(0xE000E180)
#define NVIC_ISPR UINT32_C(0xE000E200)
#define NVIC_ICPR UINT32_C(0xE000E280)
#define SCB_ICSR  UINT32_C(0xE000ED04)
#define SCB_VTOR  UINT32_C(0xE000ED08)
#define SCB_AIRCR UINT32_C(0xE000ED0C)
#define SCB_SCR   UINT32_C(0xE000ED10)
#define SCB_CCR   UINT32_C(0xE000ED14)
#define SCB_SHCSR UINT32_C(0xE000ED24)
#define SCB_CPACR UINT32_C(0xE000ED88)

// What a register reads.
struct value registers_load(const struct walker *walker, const struct state *state,
                            uint32_t address);

// Whether a store of this word resets the chip.
bool registers_resets(uint32_t address, const struct value *value);

// A store of a whole word. False: no memory on this computer.
bool registers_store(struct walker *walker, struct state *state, uint32_t address,
                     const struct value *value, bool certain);

// A store to one of the registers whose addresses have these bits.
bool registers_store_somewhere(struct walker *walker, struct state *state,
                               const struct value *address, const struct value *value);

#endif
