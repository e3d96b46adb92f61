// crt0.S: vector table and start-up code in the shape of ChibiOS's, for Armv7-M with an FPU.
// SPDX-License-Identifier: MIT
//
// The same steps in the same order as vectors.S and crt0_v7m.S, written anew: interrupts off, both
// stacks, VTOR, FPU, process stack, __cpu_init, __early_init, stacks filled, .data, .bss, main.
#define SCB_VTOR  0xE000ED08
#define SCB_CPACR 0xE000ED88

    .syntax unified
    .thumb

    .section .vectors, "a", %progbits
    .balign 1024
_vectors:
    .word __main_stack_end__
    .word Reset_Handler
    .rept 14
    .word _unhandled_exception
    .endr

    .text
    .thumb_func
    .weak Reset_Handler
Reset_Handler:
    b _crt0_entry

    .thumb_func
_unhandled_exception:
    b .

    .thumb_func
    .global _crt0_entry
_crt0_entry:
    cpsid i
    ldr r0, =__main_stack_end__
    msr MSP, r0
    ldr r0, =__process_stack_end__
    msr PSP, r0
    ldr r0, =_vectors
    ldr r1, =SCB_VTOR
    str r0, [r1]
    ldr r1, =SCB_CPACR
    ldr r0, [r1]
    orr r0, r0, #0xF00000
    str r0, [r1]
    dsb
    isb
    movs r0, #2
    msr CONTROL, r0
    isb
    bl __cpu_init
    bl __early_init

    ldr r0, =0x55555555
    ldr r1, =__main_stack_base__
    ldr r2, =__process_stack_end__
1:  cmp r1, r2
    itt lo
    strlo r0, [r1], #4
    blo 1b

    ldr r1, =__textdata_base__
    ldr r2, =__data_base__
    ldr r3, =__data_end__
2:  cmp r2, r3
    ittt lo
    ldrlo r0, [r1], #4
    strlo r0, [r2], #4
    blo 2b

    movs r0, #0
    ldr r1, =__bss_base__
    ldr r2, =__bss_end__
3:  cmp r1, r2
    itt lo
    strlo r0, [r1], #4
    blo 3b
    bl main
    b .
