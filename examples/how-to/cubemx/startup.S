// startup.S: start-up code in the order of CubeMX's, which knows nothing of bootleap.
// SPDX-License-Identifier: MIT
//
// The names are those that CubeMX projects have. Older start-up files call SystemInit after .data
// and .bss are set up: -DSYSTEM_INIT_LATE makes such a one.
    .syntax unified
    .cpu cortex-m4
    .thumb

    .section .isr_vector, "a", %progbits
    .word _estack
    .word Reset_Handler
    .word Default_Handler // NMI
    .word Default_Handler // HardFault
    .rept 7
    .word Default_Handler
    .endr
    .word Default_Handler // SVCall
    .rept 3
    .word Default_Handler
    .endr
    .word SysTick_Handler
    .rept 82
    .word Default_Handler
    .endr

#ifdef SYSTEM_INIT_LATE
#define EARLY
#define LATE bl SystemInit
#else
#define EARLY bl SystemInit
#define LATE
#endif

    .section .text.Reset_Handler, "ax", %progbits
    .global Reset_Handler
    .type Reset_Handler, %function
Reset_Handler:
    ldr r0, =_estack
    mov sp, r0
    EARLY

    ldr r0, =_sidata
    ldr r1, =_sdata
    ldr r2, =_edata
1:  cmp r1, r2
    bcs 2f
    ldr r3, [r0], #4
    str r3, [r1], #4
    b 1b
2:
    ldr r1, =_sbss
    ldr r2, =_ebss
    movs r3, #0
3:  cmp r1, r2
    bcs 4f
    str r3, [r1], #4
    b 3b
4:
    LATE
    bl __libc_init_array
    bl main
    b .

    .section .text.Default_Handler, "ax", %progbits
    .type Default_Handler, %function
Default_Handler:
    b .
