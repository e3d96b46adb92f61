; startup_stm32f407xx.s: start-up code in the shape of ST's for IAR, which does not know bootleap yet.
; SPDX-License-Identifier: MIT

        SECTION .vectors:CODE:ROOT(2)
        EXTERN  __iar_program_start
        EXTERN  SystemInit
        EXTERN  stack_top
        DATA
vectors:
        DC32    stack_top
        DC32    Reset_Handler

        SECTION .text:CODE:NOROOT(2)
        PUBLIC  Reset_Handler
        THUMB
Reset_Handler:
        LDR     R0, =SystemInit
        BLX     R0
        LDR     R0, =__iar_program_start
        BX      R0
        END
