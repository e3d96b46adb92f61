// walk_programs.h: small programs from the reset on, as halfwords at 0x08000040.
// SPDX-License-Identifier: MIT
//
// `enter` loads MSP and PC from the ROM's table at 0x1FFF0000.
#ifndef BOOTLEAP_TESTS_WALK_PROGRAMS_H
#define BOOTLEAP_TESTS_WALK_PROGRAMS_H

#include <stddef.h>
#include <stdint.h>

struct walk_program {
    const uint16_t *halves;
    size_t count;
};

// The way out of the loop stands between the code of the loop.
extern const struct walk_program program_way_out_inside;
// Three ways on, by a table and a word of a port: as Clang writes it for Armv6-M, as GCC does, and
// as GCC does for Armv7-M.
extern const struct walk_program program_add_pc, program_mov_pc, program_load_pc;
// A branch to `enter`, or a call that goes on for ever; the same with a call that comes back, after
// more rounds than are walked, to `enter`.
extern const struct walk_program program_endless, program_returns;
// 65536 rounds that do nothing but to count themselves, in a word on the stack.
extern const struct walk_program program_delay;
// A call through a word of RAM; and somewhere in the program an MSR BASEPRI.
extern const struct walk_program program_unknown_call, program_unknown_call_masks;

#endif
