// bootleap_registers.h: a register by its address, and the addresses of the core's own.
// SPDX-License-Identifier: MIT
//
// Not for users. Source of the addresses: Armv6-M ARM, B3.2 to B3.4; Armv7-M ARM, B3.2 to B3.5;
// Armv8-M ARM, D1.2. A core that lacks one of them reads it as 0 and ignores a write.
//
// What the library's own headers define is `static` and not `inline`: the compiler decides as it
// does for a function of the C file, and -O1 and -Og make no other code. So a file includes what
// it uses, where it uses it.
#ifndef BOOTLEAP_REGISTERS_H
#define BOOTLEAP_REGISTERS_H

#include <stdint.h>

#define SYST_CSR   0xE000E010u
#define SYST_RVR   0xE000E014u
#define NVIC_ISER  0xE000E100u
#define NVIC_ICER  0xE000E180u
#define NVIC_ICPR  0xE000E280u
#define NVIC_IABR  0xE000E300u
#define SCB_ICSR   0xE000ED04u
#define SCB_VTOR   0xE000ED08u
#define SCB_AIRCR  0xE000ED0Cu
#define SCB_SCR    0xE000ED10u
#define SCB_CCR    0xE000ED14u
#define SCB_SHCSR  0xE000ED24u
#define SCB_CSSELR 0xE000ED84u
#define SCB_CPACR  0xE000ED88u
#define MPU_CTRL   0xE000ED94u
#define SCB_FPCCR  0xE000EF34u

// What AIRCR takes as the request of a system reset: its key and SYSRESETREQ.
#define AIRCR_SYSRESETREQ 0x05FA0004u

// The register at this address, which must be a multiple of 4.
static volatile uint32_t *reg(uint32_t address)
{
    return (volatile uint32_t *)address;
}

#endif
