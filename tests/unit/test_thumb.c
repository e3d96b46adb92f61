// test_thumb.c: calls and first instructions of functions, as assemblers encode them.
// SPDX-License-Identifier: MIT
#include "thumb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// Each pair is what arm-none-eabi-as makes of the instruction beside it.
static void calls(void **state)
{
    uint32_t target;
    (void)state;

    // 08000100: bl 08000200
    assert_int_equal(thumb_call_before(0x08000105, 0xF000, 0xF87E, &target), THUMB_CALL);
    assert_int_equal(target, 0x08000200);
    // 08000104: bl 08000000
    assert_int_equal(thumb_call_before(0x08000109, 0xF7FF, 0xFF7C, &target), THUMB_CALL);
    assert_int_equal(target, 0x08000000);
    // 0800010C: bl 08800100
    assert_int_equal(thumb_call_before(0x08000111, 0xF3FF, 0xF7F8, &target), THUMB_CALL);
    assert_int_equal(target, 0x08800100);
    // blx r3; bx lr is no call
    assert_int_equal(thumb_call_before(0x08000105, 0x0000, 0x4798, &target), THUMB_CALL_POINTER);
    assert_int_equal(thumb_call_before(0x08000105, 0x0000, 0x4770, &target), THUMB_NO_CALL);
    // 08000108: b.w 08000200 is none either
    assert_int_equal(thumb_call_before(0x0800010D, 0xF000, 0xB87A, &target), THUMB_NO_CALL);
}

static void branches(void **state)
{
    uint32_t target;
    (void)state;

    assert_true(thumb_branch(0x08000108, 0xF000, 0xB87A, &target));
    assert_int_equal(target, 0x08000200);
    assert_true(thumb_branch(0x08000100, 0xE7FE, 0x0000, &target)); // b .
    assert_int_equal(target, 0x08000100);
    assert_true(thumb_branch(0x08000100, 0xE00E, 0x0000, &target));
    assert_int_equal(target, 0x08000120);
    assert_false(thumb_branch(0x08000100, 0xD0FE, 0x0000, &target)); // beq
    assert_false(thumb_branch(0x08000100, 0xF000, 0xF87E, &target)); // bl
}

static struct thumb_frame frame_of(const uint16_t *code, size_t count)
{
    struct thumb_frame frame = {0};

    for (size_t i = 0; i < count; i += thumb_bytes(code[i]) / 2) {
        thumb_frame_step(&frame, code[i], i + 1 < count ? code[i + 1] : 0);
    }
    return frame;
}

static void frames(void **state)
{
    // push {r4, r5, lr}; sub sp, #20; a nop that is not to count
    static const uint16_t plain[] = {0xB530, 0xB085, 0xBF00};
    // push.w {r4-r8, lr}; vpush {d8}; sub.w sp, sp, #512
    static const uint16_t wide[] = {0xE92D, 0x41F0, 0xED2D, 0x8B02, 0xF5AD, 0x7D00};
    // push {r0-r3}; push {lr}; subw sp, sp, #1020
    static const uint16_t many[] = {0xB40F, 0xB500, 0xF2AD, 0x3DFC};
    // str.w lr, [sp, #-4]!; add sp, r4
    static const uint16_t odd[] = {0xF84D, 0xED04, 0x44A5};
    struct thumb_frame frame = frame_of(plain, 3);
    (void)state;

    assert_true(frame.has_return && !frame.unknown);
    assert_int_equal(frame.down, 12 + 20);
    assert_int_equal(frame.returned, 4);
    frame = frame_of(wide, 6);
    assert_int_equal(frame.down, 24 + 8 + 512);
    assert_int_equal(frame.returned, 4);
    frame = frame_of(many, 4);
    assert_int_equal(frame.down, 16 + 4 + 1020);
    assert_int_equal(frame.returned, 20);
    frame = frame_of(odd, 3);
    assert_true(frame.has_return && frame.unknown);
    assert_false(frame_of(plain + 1, 1).has_return);
}

static void loads_and_special_registers(void **state)
{
    unsigned number;
    (void)state;

    assert_true(thumb_loads_by_sp(0x9B01, 0));          // ldr r3, [sp, #4]
    assert_true(thumb_loads_by_sp(0xBD10, 0));          // pop {r4, pc}
    assert_true(thumb_loads_by_sp(0xF8DD, 0x3004));     // ldr.w r3, [sp, #4]
    assert_true(thumb_loads_by_sp(0xE8BD, 0x8010));     // pop.w {r4, pc}
    assert_true(thumb_loads_by_sp(0xE9DD, 0x2300));     // ldrd r2, r3, [sp]
    assert_false(thumb_loads_by_sp(0x9301, 0));         // str r3, [sp, #4]
    assert_false(thumb_loads_by_sp(0x687B, 0));         // ldr r3, [r7, #4]
    assert_true(thumb_is_msr(0xF383, 0x8808, &number)); // msr msp, r3
    assert_int_equal(number, 8);
    assert_true(thumb_is_msr(0xF380, 0x8814, &number)); // msr control, r0
    assert_int_equal(number, 20);
    assert_false(thumb_is_msr(0xF3EF, 0x8308, &number)); // mrs r3, msp
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls),
        cmocka_unit_test(branches),
        cmocka_unit_test(frames),
        cmocka_unit_test(loads_and_special_registers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
