// startup.S: a start-up file in assembly that calls bootleap_on_reset() itself and keeps its answer.
// SPDX-License-Identifier: MIT
//
// In the order and with the registers of ST's files, for a Cortex-M0 too: the loops use r0 to r4.
// Four lines of it are for bootleap.
    .syntax unified
    .thumb

    .section .isr_vector, "a", %progbits
    .word _estack
    .word Reset_Handler
    .rept 14
    .word Default_Handler
    .endr

    .section .text.Reset_Handler, "ax", %progbits
    .global Reset_Handler
    .type Reset_Handler, %function
Reset_Handler:
    ldr r0, =_estack
    mov sp, r0
    bl bootleap_on_reset    /* new */
    mov r5, r0              /* new */
    bl SystemInit

    ldr r0, =_sdata
    ldr r1, =_edata
    ldr r2, =_sidata
1:  cmp r0, r1
    bhs 2f
    ldr r4, [r2]
    str r4, [r0]
    adds r2, r2, #4
    adds r0, r0, #4
    b 1b
2:
    ldr r2, =_sbss
    ldr r4, =_ebss
    movs r3, #0
3:  cmp r2, r4
    bhs 4f
    str r3, [r2]
    adds r2, r2, #4
    b 3b
4:
    ldr r0, =boot_origin    /* new */
    str r5, [r0]            /* new */
    bl __libc_init_array
    bl main
    b .

    .section .text.Default_Handler, "ax", %progbits
    .type Default_Handler, %function
Default_Handler:
    b .
