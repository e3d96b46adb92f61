// bootleap_erase_first.h: instructions that erase the first page of flash, from a copy in RAM.
// SPDX-License-Identifier: MIT
//
// Not for users. For a ROM that goes back to a flash that is not empty, where the user allows it
// with BOOTLEAP_ERASE_FIRST_PAGE; elsewhere both are nothing.
//   ERASE_FIRST   copies itself and what follows, up to ERASE_END, below the stack and goes on
//                 there: it may be in the page that it erases, and flash that is being erased
//                 cannot be read. Then it erases. Changes r0 to r2 and r4 to r7; r3, sp and what
//                 lies above sp stay. Uses 240 bytes below sp, pushes nothing. Waits for the
//                 flash controller without end.
//   ERASE_END     comes after the jump into the ROM: the list of pages and writes.
// The words of the list are BOOTLEAP_FIRST_PAGES, which have their sources in bootleap_devices.h.
#ifndef BOOTLEAP_ERASE_FIRST_H
#define BOOTLEAP_ERASE_FIRST_H

#include "bootleap_compiler.h"
#include "bootleap_devices.h"

#if BOOTLEAP_ENTRY && BOOTLEAP_ROM_LOOKS && defined(BOOTLEAP_ERASE_FIRST_PAGE)

#if !BOOTLEAP_GNU_ASSEMBLY
#error "bootleap: BOOTLEAP_ERASE_FIRST_PAGE needs GCC or Clang (docs/iar.md)"
#endif

// So many bytes below the stack pointer begins the copy, and it ends at it.
#define ROOM "240"
#define COPY_TO_RAM                                                                                \
    "adr r0, 5f\n"                                                                                 \
    "adr r2, 7f\n"                                                                                 \
    "mov r1, sp\n"                                                                                 \
    "subs r1, #" ROOM "\n"                                                                         \
    "adds r5, r1, #1\n"                                                                            \
    "1: ldmia r0!, {r6}\n"                                                                         \
    "stmia r1!, {r6}\n"                                                                            \
    "cmp r0, r2\n"                                                                                 \
    "bne 1b\n"                                                                                     \
    "dsb\n"                                                                                        \
    "isb\n"                                                                                        \
    "bx r5\n"                                                                                      \
    ".balign 4\n"                                                                                  \
    "5:\n"

// Pages beyond the end of this chip's flash are skipped.
#define ERASE_PAGES                                                                                \
    "adr r7, 6f\n"                                                                                 \
    "ldmia r7!, {r0-r2}\n" /* size in KB, start of flash, busy flag */                             \
    "ldrh r5, [r0]\n"                                                                              \
    "lsls r5, r5, #10\n"                                                                           \
    "adds r5, r5, r1\n"                                                                            \
    "1: ldmia r7!, {r4}\n" /* a page, 0 after the last */                                          \
    "cmp r4, #0\n"                                                                                 \
    "beq 4f\n"                                                                                     \
    "ldmia r7!, {r6}\n" /* how many writes */                                                      \
    "2: ldmia r7!, {r0, r1}\n"                                                                     \
    "cmp r4, r5\n"                                                                                 \
    "bhs 3f\n"                                                                                     \
    "str r1, [r0]\n"                                                                               \
    "dsb\n"                                                                                        \
    "3: ldr r0, [r2]\n"                                                                            \
    "movs r1, #" BOOTLEAP_FLASH_BUSY "\n"                                                          \
    "tst r0, r1\n"                                                                                 \
    "bne 3b\n"                                                                                     \
    "subs r6, #1\n"                                                                                \
    "bne 2b\n"                                                                                     \
    "b 1b\n"                                                                                       \
    "4:\n"

#define ERASE_FIRST COPY_TO_RAM ERASE_PAGES
#define ERASE_END                                                                                  \
    ".balign 4\n"                                                                                  \
    "6:\n" BOOTLEAP_FIRST_PAGES ".org 5b + " ROOM "\n" /* an error if it is longer */              \
    "7:\n"

#else

#define ERASE_FIRST
#define ERASE_END

#endif

#endif
