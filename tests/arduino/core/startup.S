// startup.S: start-up code in the shape of ST's: SystemInit, .data, .bss, constructors, main.
// SPDX-License-Identifier: MIT
//
// It is a member of core.a, and the linker takes it for Reset_Handler. That is weak, as are the
// handlers: one of the same name in an object comes before it.
#include "board.h"

    .syntax unified
    .thumb
    .global g_pfnVectors

    .section .text.Reset_Handler, "ax", %progbits
    .weak Reset_Handler
    .type Reset_Handler, %function
    .thumb_func
Reset_Handler:
    ldr r0, =_estack
    mov sp, r0
#ifdef BOARD_EXIT_RUN0_MODE
    bl ExitRun0Mode
#endif
    bl SystemInit
    ldr r0, =_sdata
    ldr r1, =_edata
    ldr r2, =_sidata
    b 2f
1:  ldr r3, [r2]
    str r3, [r0]
    adds r0, r0, #4
    adds r2, r2, #4
2:  cmp r0, r1
    bcc 1b
    ldr r0, =_sbss
    ldr r1, =_ebss
    movs r3, #0
    b 4f
3:  str r3, [r0]
    adds r0, r0, #4
4:  cmp r0, r1
    bcc 3b
    bl __libc_init_array
    bl main
5:  b 5b
    .size Reset_Handler, . - Reset_Handler

    .section .text.Default_Handler, "ax", %progbits
    .type Default_Handler, %function
    .thumb_func
Default_Handler:
    b .
    .size Default_Handler, . - Default_Handler

    .macro weak_handler name
    .weak \name
    .thumb_set \name, Default_Handler
    .endm
    weak_handler SysTick_Handler
    weak_handler USART_IRQHandler

    .section .isr_vector, "a", %progbits
    .type g_pfnVectors, %object
g_pfnVectors:
    .word _estack, Reset_Handler
    .rept 13
    .word Default_Handler
    .endr
    .word SysTick_Handler
    .rept BOARD_USART_IRQ
    .word Default_Handler
    .endr
    .word USART_IRQHandler
    .size g_pfnVectors, . - g_pfnVectors
