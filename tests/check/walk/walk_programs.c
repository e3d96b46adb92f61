// walk_programs.c: the halfwords of small programs.
// SPDX-License-Identifier: MIT
#include "walk_programs.h"

static const uint16_t halves_of_way_out_inside[] = {
    0x2000,         // movs r0, #0
    0xF44F, 0x1380, // mov.w r3, #1048576
    0x4E07,         // ldr r6, [pc, #28]
    0x3001,         // top: adds r0, #1
    0xF846, 0x0020, // str.w r0, [r6, r0, lsl #2]
    0x4298,         // cmp r0, r3
    0xDB0A,         // blt.n in
    0x4803,         // enter: ldr r0, [pc, #12]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0xBF00,         // nop
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x0000, 0x2000, // ram: .word 0x20000000
    0xBF00,         // in: nop
    0xE7ED,         // b.n top
};

const struct walk_program program_way_out_inside = {
    halves_of_way_out_inside, sizeof halves_of_way_out_inside / sizeof halves_of_way_out_inside[0]};

static const uint16_t halves_of_add_pc[] = {
    0x4808,         // ldr r0, [pc, #32]
    0x6800,         // ldr r0, [r0, #0]
    0x4478,         // add r0, pc
    0x7900,         // ldrb r0, [r0, #4]
    0x0040,         // lsls r0, r0, #1
    0x4487,         // add pc, r0
    0x0201, 0x0103, // .word 0x01030201
    0xE7FE,         // first: b.n first
    0xE7FE,         // second: b.n second
    0x4802,         // enter: ldr r0, [pc, #8]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x4400, 0x4000, // port: .word 0x40004400
};

const struct walk_program program_add_pc = {halves_of_add_pc,
                                            sizeof halves_of_add_pc / sizeof halves_of_add_pc[0]};

static const uint16_t halves_of_mov_pc[] = {
    0x4806,         // ldr r0, [pc, #24]
    0x6800,         // ldr r0, [r0, #0]
    0x0080,         // lsls r0, r0, #2
    0x4A04,         // ldr r2, [pc, #16]
    0x5813,         // ldr r3, [r2, r0]
    0x469F,         // mov pc, r3
    0x0060, 0x0800, // table: .word 0x08000060
    0x0062, 0x0800, // .word 0x08000062
    0x0064, 0x0800, // .word 0x08000064
    0x004C, 0x0800, // where: .word 0x0800004c
    0x4400, 0x4000, // port: .word 0x40004400
    0xE7FE,         // first: b.n first
    0xE7FE,         // second: b.n second
    0x4802,         // enter: ldr r0, [pc, #8]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
};

const struct walk_program program_mov_pc = {halves_of_mov_pc,
                                            sizeof halves_of_mov_pc / sizeof halves_of_mov_pc[0]};

static const uint16_t halves_of_load_pc[] = {
    0x4805,         // ldr r0, [pc, #20]
    0x6800,         // ldr r0, [r0, #0]
    0xA201,         // add r2, pc, #4
    0xF852, 0xF020, // ldr.w pc, [r2, r0, lsl #2]
    0xBF00,         // nop
    0x005D, 0x0800, // table: .word 0x0800005d
    0x005F, 0x0800, // .word 0x0800005f
    0x0061, 0x0800, // .word 0x08000061
    0x4400, 0x4000, // port: .word 0x40004400
    0xE7FE,         // first: b.n first
    0xE7FE,         // second: b.n second
    0x4802,         // enter: ldr r0, [pc, #8]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
};

const struct walk_program program_load_pc = {halves_of_load_pc, sizeof halves_of_load_pc /
                                                                    sizeof halves_of_load_pc[0]};

static const uint16_t halves_of_endless[] = {
    0x4807,         // ldr r0, [pc, #28]
    0x6841,         // ldr r1, [r0, #4]
    0x2900,         // cmp r1, #0
    0xD002,         // beq.n enter
    0xF000, 0xF80D, // bl forever
    0xE00A,         // b.n stop
    0x4803,         // enter: ldr r0, [pc, #12]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0xBF00,         // nop
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x0000, 0x2000, // ram: .word 0x20000000
    0xE7FE,         // stop: b.n stop
    0xF85F, 0x6008, // forever: ldr.w r6, [pc, #-8]
    0x2700,         // again: movs r7, #0
    0x2400,         // most: movs r4, #0
    0x2500,         // outer: movs r5, #0
    0xF846, 0x5025, // inner: str.w r5, [r6, r5, lsl #2]
    0x3501,         // adds r5, #1
    0xF5B5, 0x5F80, // cmp.w r5, #4096
    0xD1F9,         // bne.n inner
    0x3401,         // adds r4, #1
    0xF5B4, 0x6F80, // cmp.w r4, #1024
    0xD1F4,         // bne.n outer
    0x3701,         // adds r7, #1
    0xF5B7, 0x6F80, // cmp.w r7, #1024
    0xD1EF,         // bne.n most
    0xE7ED,         // b.n again
    0xBF00,         // nop
};

const struct walk_program program_endless = {halves_of_endless, sizeof halves_of_endless /
                                                                    sizeof halves_of_endless[0]};

static const uint16_t halves_of_returns[] = {
    0x4806,         // ldr r0, [pc, #24]
    0x6841,         // ldr r1, [r0, #4]
    0x2900,         // cmp r1, #0
    0xD001,         // beq.n enter
    0xF000, 0xF80A, // bl long
    0x4802,         // enter: ldr r0, [pc, #8]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x0000, 0x2000, // ram: .word 0x20000000
    0xF85F, 0x6008, // long: ldr.w r6, [pc, #-8]
    0x2700,         // movs r7, #0
    0x2400,         // most: movs r4, #0
    0x2500,         // outer: movs r5, #0
    0xF846, 0x5025, // inner: str.w r5, [r6, r5, lsl #2]
    0x3501,         // adds r5, #1
    0xF5B5, 0x5F80, // cmp.w r5, #4096
    0xD1F9,         // bne.n inner
    0x3401,         // adds r4, #1
    0xF5B4, 0x6F80, // cmp.w r4, #1024
    0xD1F4,         // bne.n outer
    0x3701,         // adds r7, #1
    0xF5B7, 0x6F80, // cmp.w r7, #1024
    0xD1EF,         // bne.n most
    0x4770,         // bx lr
};

const struct walk_program program_returns = {halves_of_returns, sizeof halves_of_returns /
                                                                    sizeof halves_of_returns[0]};

static const uint16_t halves_of_delay[] = {
    0xB082,         // sub sp, #8
    0x2000,         // movs r0, #0
    0xF44F, 0x3180, // mov.w r1, #65536
    0x9000,         // str r0, [sp, #0]
    0x9800,         // ldr r0, [sp, #0]
    0x3001,         // adds r0, #1
    0x9000,         // str r0, [sp, #0]
    0x4288,         // cmp r0, r1
    0xDBFA,         // blt.n <_start+0xa>
    0x9C00,         // ldr r4, [sp, #0]
    0x4803,         // enter: ldr r0, [pc, #12]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0xBF00,         // nop
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
};

const struct walk_program program_delay = {halves_of_delay,
                                           sizeof halves_of_delay / sizeof halves_of_delay[0]};

static const uint16_t halves_of_unknown_call[] = {
    0x4805,         // ldr r0, [pc, #20]
    0x6800,         // ldr r0, [r0, #0]
    0x4780,         // blx r0
    0x4803,         // enter: ldr r0, [pc, #12]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0xBF00,         // nop
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x0000, 0x2000, // ram: .word 0x20000000
};

const struct walk_program program_unknown_call = {
    halves_of_unknown_call, sizeof halves_of_unknown_call / sizeof halves_of_unknown_call[0]};

static const uint16_t halves_of_unknown_call_masks[] = {
    0x4805,         // ldr r0, [pc, #20]
    0x6800,         // ldr r0, [r0, #0]
    0x4780,         // blx r0
    0x4803,         // enter: ldr r0, [pc, #12]
    0x6801,         // ldr r1, [r0, #0]
    0x6842,         // ldr r2, [r0, #4]
    0xF381, 0x8808, // msr MSP, r1
    0x4710,         // bx r2
    0xBF00,         // nop
    0x0000, 0x1FFF, // rom: .word 0x1fff0000
    0x0000, 0x2000, // ram: .word 0x20000000
    0xF380, 0x8811, // mask: msr BASEPRI, r0
    0x4770,         // bx lr
    0xBF00,         // nop
};

const struct walk_program program_unknown_call_masks = {halves_of_unknown_call_masks,
                                                        sizeof halves_of_unknown_call_masks /
                                                            sizeof halves_of_unknown_call_masks[0]};
