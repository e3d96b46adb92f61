// reset.S: vector table and reset handler in the shape of Zephyr's for Cortex-M.
// SPDX-License-Identifier: MIT
//
// The same steps in the same order as arch/arm/core/cortex_m/reset.S, written anew: main stack,
// hook of the SoC, interrupts off, interrupt stack filled, process stack, C. RESET_HOOK is the name
// that the version of Zephyr has for the hook.
#define STACK_SIZE 1024

    .syntax unified
    .thumb

    .section .exc_vector_table, "a", %progbits
    .balign 1024
    .word z_main_stack + STACK_SIZE
    .word z_arm_reset
    .rept 13
    .word z_arm_fault
    .endr
    .word sys_clock_isr

    .section .noinit, "aw", %nobits
    .balign 8
    .global z_main_stack
z_main_stack:
    .space STACK_SIZE
    .global z_interrupt_stacks
z_interrupt_stacks:
    .space STACK_SIZE

    .section .text.z_arm_reset, "ax", %progbits
    .global z_arm_reset
    .type z_arm_reset, %function
z_arm_reset:
    ldr r0, =z_main_stack + STACK_SIZE
    msr MSP, r0
#ifdef RESET_HOOK
    bl RESET_HOOK
#endif
#ifdef __ARM_ARCH_6M__
    cpsid i
#else
    movs r0, #0x20
    msr BASEPRI, r0
#endif
    ldr r0, =z_interrupt_stacks
    ldr r1, =0xAAAAAAAA
    ldr r2, =z_interrupt_stacks + STACK_SIZE
1:  str r1, [r0]
    adds r0, r0, #4
    cmp r0, r2
    bne 1b
    msr PSP, r2
    mrs r0, CONTROL
    movs r1, #2
    orrs r0, r0, r1
    msr CONTROL, r0
    isb
    bl z_prep_c

    .section .text.z_arm_fault, "ax", %progbits
    .type z_arm_fault, %function
z_arm_fault:
    b .
