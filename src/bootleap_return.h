// bootleap_return.h: a second vector table, to which the host goes to bring the application back.
// SPDX-License-Identifier: MIT
//
// Another way back (docs/ways-back.md): the table's handler writes the mark that says "from the
// ROM" and resets, so that the application starts clean, whether its reset handler calls
// bootleap_on_reset() (which then finds FROM_ROM, by whatever way the ROM was started) or not.
// bootleap_return.c is compiled in beside bootleap.c, and one line of the linker script places the
// table, after the application's own:
//
//     KEEP(*(.isr_vector))
//     . = ALIGN(0x200); KEEP(*(.bootleap_return))
//
// in the section that begins with the vector table. That is 0x200 behind its start for tables of up
// to 112 interrupts, and 0x400 for longer ones: `nm` shows where bootleap_return is. It is a
// multiple of 0x200 if the application's start is one.
//   BOOTLEAP_STACK_TOP  the linker's symbol for the initial stack (default _estack): the table's
//                       first word, which a ROM judges before it goes there.
// AN3155's Go, and so bootleap and stm32flash, takes the address of the table, 0x08000200. A tool
// that jumps to code itself (a debugger; docs/ways-back.md) takes bootleap_return_handler.
// BOOT0 must be low by then, as for any reset. Where no way into the ROM is known it only resets.
//
// Nothing in C need use these names: they are here for a loader that goes there by itself. Valid
// C++ too.
#ifndef BOOTLEAP_RETURN_H
#define BOOTLEAP_RETURN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What the core itself knows: 64 bytes. Each handler is bootleap_return_handler().
struct bootleap_return_table {
    uint32_t *stack; // BOOTLEAP_STACK_TOP
    void (*handlers[15])(void);
};

extern const struct bootleap_return_table bootleap_return;

// Resets the chip to the application. Privileged, on any stack, with whatever interrupts and clocks
// the ROM has left. Does not return.
void bootleap_return_handler(void);

#ifdef __cplusplus
}
#endif

#endif
