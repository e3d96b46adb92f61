// startup.S: start-up code in the order of ST's, with the handlers of a kernel.
// SPDX-License-Identifier: MIT
    .syntax unified
    .thumb

    .section .isr_vector, "a", %progbits
    .balign 1024
    .word _estack
    .word Reset_Handler
    .rept 9
    .word Default_Handler
    .endr
    .word SVC_Handler
    .word Default_Handler
    .word Default_Handler
    .word PendSV_Handler
    .word SysTick_Handler

    .section .text.Reset_Handler, "ax", %progbits
    .global Reset_Handler
    .type Reset_Handler, %function
Reset_Handler:
    ldr sp, =_estack
    bl SystemInit

    ldr r0, =_sdata
    ldr r1, =_edata
    ldr r2, =_sidata
1:  cmp r0, r1
    itt lo
    ldrlo r3, [r2], #4
    strlo r3, [r0], #4
    blo 1b

    ldr r0, =_sbss
    ldr r1, =_ebss
    movs r2, #0
2:  cmp r0, r1
    it lo
    strlo r2, [r0], #4
    blo 2b
    bl main
    b .

    .section .text.Default_Handler, "ax", %progbits
    .type Default_Handler, %function
Default_Handler:
    b .
