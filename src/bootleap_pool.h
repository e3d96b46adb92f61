// bootleap_pool.h: where the departure's words are: behind its instructions, or in .rodata.
// SPDX-License-Identifier: MIT
//
// Not for users. Flash that may only be executed (-mpure-code, -mexecute-only) gives no data, so
// there BOOTLEAP_EXECUTE_ONLY has the words in .rodata, and a build without it must not come about.
//   DEPARTS         what the function is declared with
//   REFUSE_PURE     instructions: none; an error in such a build without the macro
//   LITERAL         an operand for that
//   FIND_POOL       instructions: r7 = label 9
//   POOL_BEGINS, POOL_ENDS   around the words
#ifndef BOOTLEAP_POOL_H
#define BOOTLEAP_POOL_H

#include "bootleap_devices.h"

#ifdef BOOTLEAP_EXECUTE_ONLY

#if BOOTLEAP_ENTRY && BOOTLEAP_ROM_LOOKS && defined(BOOTLEAP_ERASE_FIRST_PAGE)
#error                                                                                             \
    "bootleap: what erases the first page reads its own instructions: not from execute-only flash"
#endif

#define DEPARTS
#define REFUSE_PURE ""
#define LITERAL     "i"(1)
#if __ARM_ARCH >= 7
#define FIND_POOL                                                                                  \
    "movw r7, #:lower16:9f\n"                                                                      \
    "movt r7, #:upper16:9f\n"
#else
#define FIND_POOL                                                                                  \
    "movs r7, #:upper8_15:9f\n"                                                                    \
    "lsls r7, r7, #8\n"                                                                            \
    "adds r7, #:upper0_7:9f\n"                                                                     \
    "lsls r7, r7, #8\n"                                                                            \
    "adds r7, #:lower8_15:9f\n"                                                                    \
    "lsls r7, r7, #8\n"                                                                            \
    "adds r7, #:lower0_7:9f\n"
#endif
#define POOL_BEGINS ".pushsection .rodata.bootleap_pool, \"a\", %%progbits\n"
#define POOL_ENDS   ".popsection\n"

#else

#define FIND_POOL "adr r7, 9f\n"
#define POOL_BEGINS
#define POOL_ENDS

// No macro tells of such a build, its section does: Clang refuses to have it with other flags.
#ifdef __clang__
#define DEPARTS __attribute__((section(".text.bootleap_depart")))
#define REFUSE_PURE                                                                                \
    ".pushsection .text.bootleap_depart, \"ax\", %%progbits @ execute-only: define "               \
    "BOOTLEAP_EXECUTE_ONLY\n"                                                                      \
    ".popsection\n"
#define LITERAL "i"(1)

// GNU's assembler takes that without a word. But "Tu" is a number where GCC may have literal pools,
// else it needs a register ("l").
#elif __GNUC__ >= 12
#define DEPARTS
#define REFUSE_PURE                                                                                \
    ".irp register, r0, r1, r2, r3, r4, r5, r6, r7\n"                                              \
    ".ifc %[literal], \\register\n"                                                                \
    ".error \"bootleap: no literal pools (-mpure-code): define BOOTLEAP_EXECUTE_ONLY\"\n"          \
    ".endif\n"                                                                                     \
    ".endr\n"
#define LITERAL "Tul"(1)

// Earlier ones were not tried: they build what faults.
#else
#define DEPARTS
#define REFUSE_PURE ""
#define LITERAL     "i"(1)
#endif

#endif

#endif
