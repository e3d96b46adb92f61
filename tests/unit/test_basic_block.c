// test_basic_block.c: how long blocks of Thumb code are, and which may change more than registers.
// SPDX-License-Identifier: MIT
#include "basic_block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 8 };

// Encodings by hand from the Armv7-M ARM (DDI0403E), chapter A7.7.
struct example {
    const char *text;
    uint16_t code[LONGEST];
    size_t halfwords;
    uint32_t instructions;
    bool registers_only;
};

static void check(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct example *example = &examples[i];
        struct basic_block block = basic_block_look(example->code, example->halfwords);
        if (block.instructions != example->instructions ||
            block.registers_only != example->registers_only) {
            fail_msg("%s: %u instructions, %s", example->text, (unsigned)block.instructions,
                     block.registers_only ? "harmless" : "not harmless");
        }
    }
}

static const struct example lengths[] = {
    {"nothing", {0}, 0, 0, true},
    {"nop", {0xBF00}, 1, 1, true},
    {"movs r0,#1; ldr.w r1,[r2,#4]; bx lr", {0x2001, 0xF8D2, 0x1004, 0x4770}, 4, 3, true},
    {"bl; cmp r0,r1", {0xF000, 0xF800, 0x4288}, 3, 2, true},
    {"b, the longest 16-bit encoding", {0xE7FE}, 1, 1, true},
    {"the first 32-bit encoding", {0xE800, 0x0000}, 2, 1, false},
    {"ldr.w cut in two", {0x2001, 0xF8D2}, 2, 2, false},
    {"ite eq; moveq r0,#1; movne r0,#0", {0xBF0C, 0x2001, 0x2000}, 3, 3, false},
};

static void lengths_mix(void **state)
{
    (void)state;

    check(lengths, sizeof lengths / sizeof lengths[0]);
}

static const struct example harmless[] = {
    {"lsls r0,r1,#2", {0x0088}, 1, 1, true},
    {"subs r0,#1", {0x3801}, 1, 1, true},
    {"muls r0,r1", {0x4348}, 1, 1, true},
    {"mov r8,r0", {0x4680}, 1, 1, true},
    {"cmp sp,r0", {0x4585}, 1, 1, true},
    {"blx r3", {0x4798}, 1, 1, true},
    {"ldr r0,[pc,#4]", {0x4801}, 1, 1, true},
    {"ldrsb r0,[r1,r2]", {0x5688}, 1, 1, true},
    {"ldrsh r0,[r1,r2]", {0x5E88}, 1, 1, true},
    {"ldr r0,[r1,#4]", {0x6848}, 1, 1, true},
    {"ldrb r0,[r1]", {0x7808}, 1, 1, true},
    {"ldrh r0,[r1]", {0x8808}, 1, 1, true},
    {"ldr r0,[sp,#4]", {0x9801}, 1, 1, true},
    {"add r0,sp,#4", {0xA801}, 1, 1, true},
    {"add sp,#8", {0xB002}, 1, 1, true},
    {"cbz r0", {0xB100}, 1, 1, true},
    {"cbnz r7", {0xBB07}, 1, 1, true},
    {"uxtb r0,r0", {0xB2C0}, 1, 1, true},
    {"rev r0,r0", {0xBA00}, 1, 1, true},
    {"revsh r0,r0", {0xBAC0}, 1, 1, true},
    {"pop {r4,pc}", {0xBD10}, 1, 1, true},
    {"ldmia r0!,{r1}", {0xC802}, 1, 1, true},
    {"bcc", {0xD3FA}, 1, 1, true},
    {"pop.w {r4,r8}", {0xE8BD, 0x0110}, 2, 1, true},
    {"ldmdb r0!,{r1,r2}", {0xE930, 0x0006}, 2, 1, true},
    {"tbb [pc,r0]", {0xE8DF, 0xF000}, 2, 1, true},
    {"tbh [pc,r0,lsl #1]", {0xE8DF, 0xF010}, 2, 1, true},
    {"ldrd r0,r1,[r2,#8]", {0xE9D2, 0x0102}, 2, 1, true},
    {"ldrd r0,r1,[r2],#8", {0xE8F2, 0x0102}, 2, 1, true},
    {"add.w r0,r1,r2,lsl #3", {0xEB01, 0x00C2}, 2, 1, true},
    {"cmp.w r0,#4096", {0xF5B0, 0x5F80}, 2, 1, true},
    {"movw r0,#1", {0xF240, 0x0001}, 2, 1, true},
    {"ssat r0,#8,r1", {0xF301, 0x0007}, 2, 1, true},
    {"bcs.w", {0xF080, 0x8000}, 2, 1, true},
    {"b.w", {0xF000, 0xB800}, 2, 1, true},
    {"ldrsb.w r0,[r1]", {0xF991, 0x0000}, 2, 1, true},
    {"ldr r0,[r1],#4", {0xF851, 0x0B04}, 2, 1, true},
    {"ldr.w r0,[sp,#4]", {0xF8DD, 0x0004}, 2, 1, true},
    {"lsl.w r0,r1,r2", {0xFA01, 0xF002}, 2, 1, true},
    {"uxtah r0,r1,r2", {0xFA11, 0xF082}, 2, 1, true},
    {"qadd r0,r1,r2", {0xFA82, 0xF081}, 2, 1, true},
    {"clz r0,r1", {0xFAB1, 0xF081}, 2, 1, true},
    {"udiv r0,r1,r2", {0xFBB1, 0xF0F2}, 2, 1, true},
    {"umull r0,r1,r2,r3", {0xFBA2, 0x0103}, 2, 1, true},
};

static void what_computes_loads_or_jumps_is_harmless(void **state)
{
    (void)state;

    check(harmless, sizeof harmless / sizeof harmless[0]);
}

static const struct example storing[] = {
    {"str r0,[r1,r2]", {0x5088}, 1, 1, false},
    {"strh r0,[r1,r2]", {0x5288}, 1, 1, false},
    {"strb r0,[r1,r2]", {0x5488}, 1, 1, false},
    {"str r0,[r1]", {0x6008}, 1, 1, false},
    {"strb r0,[r1]", {0x7008}, 1, 1, false},
    {"strh r0,[r1]", {0x8008}, 1, 1, false},
    {"str r0,[sp]", {0x9000}, 1, 1, false},
    {"push {lr}", {0xB500}, 1, 1, false},
    {"stmia r0!,{r1}", {0xC002}, 1, 1, false},
    {"push.w {r4,r8}", {0xE92D, 0x0110}, 2, 1, false},
    {"stmia.w r0,{r1,r2}", {0xE880, 0x0006}, 2, 1, false},
    {"strex r0,r1,[r2]", {0xE842, 0x1000}, 2, 1, false},
    {"strexb r0,r1,[r2]", {0xE8C2, 0x1F40}, 2, 1, false},
    {"strd r0,r1,[r2]", {0xE9C2, 0x0100}, 2, 1, false},
    {"str.w r0,[r1,#4]", {0xF8C1, 0x0004}, 2, 1, false},
    {"strb r0,[r1,#-1]!", {0xF801, 0x0D01}, 2, 1, false},
    {"vstr s0,[r0]", {0xED80, 0x0A00}, 2, 1, false},
    {"a load, then a store", {0x6808, 0x6008}, 2, 2, false},
    {"a store, then a load", {0x6008, 0x6808}, 2, 2, false},
};

static void what_stores_is_not(void **state)
{
    (void)state;

    check(storing, sizeof storing / sizeof storing[0]);
}

// Exclusive access has a monitor, GE flags and FPU registers are not carried over.
static const struct example system[] = {
    {"svc #0", {0xDF00}, 1, 1, false},
    {"udf #0", {0xDE00}, 1, 1, false},
    {"bkpt #0", {0xBE00}, 1, 1, false},
    {"cpsid i", {0xB672}, 1, 1, false},
    {"wfi", {0xBF30}, 1, 1, false},
    {"wfe", {0xBF20}, 1, 1, false},
    {"yield", {0xBF10}, 1, 1, false},
    {"bxns lr", {0x4774}, 1, 1, false},
    {"hlt", {0xBA80}, 1, 1, false},
    {"ldrex r0,[r1]", {0xE851, 0x0F00}, 2, 1, false},
    {"ldrexb r0,[r1]", {0xE8D1, 0x0F4F}, 2, 1, false},
    {"msr msp,r0", {0xF380, 0x8808}, 2, 1, false},
    {"mrs r0,primask", {0xF3EF, 0x8010}, 2, 1, false},
    {"isb", {0xF3BF, 0x8F6F}, 2, 1, false},
    {"wfi.w", {0xF3AF, 0x8003}, 2, 1, false},
    {"vldr s0,[r0]", {0xED90, 0x0A00}, 2, 1, false},
    {"vadd.f32", {0xEE30, 0x0A20}, 2, 1, false},
    {"sel r0,r1,r2", {0xFAA1, 0xF082}, 2, 1, false},
    {"uadd8 r0,r1,r2", {0xFA81, 0xF042}, 2, 1, false},
};

static void what_changes_the_system_is_not(void **state)
{
    (void)state;

    check(system, sizeof system / sizeof system[0]);
}

// Armv8-M compares with a limit then.
static const struct example stack_pointer[] = {
    {"sub sp,#8", {0xB082}, 1, 1, false},
    {"mov sp,r7", {0x46BD}, 1, 1, false},
    {"add sp,r0", {0x4485}, 1, 1, false},
    {"sub.w sp,sp,#8", {0xF1AD, 0x0D08}, 2, 1, false},
    {"sub.w sp,sp,r0", {0xEBAD, 0x0D00}, 2, 1, false},
    {"lsl.w sp,r0,r1", {0xFA00, 0xFD01}, 2, 1, false},
    {"ldr.w sp,[r0]", {0xF8D0, 0xD000}, 2, 1, false},
    {"ldr r0,[sp,#-4]!", {0xF85D, 0x0D04}, 2, 1, false},
    {"ldmdb sp!,{r0,r1}", {0xE93D, 0x0003}, 2, 1, false},
    {"ldrd r0,r1,[sp,#-8]!", {0xE97D, 0x0102}, 2, 1, false},
};

static void what_lowers_the_stack_pointer_is_not(void **state)
{
    (void)state;

    check(stack_pointer, sizeof stack_pointer / sizeof stack_pointer[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_mix),
        cmocka_unit_test(what_computes_loads_or_jumps_is_harmless),
        cmocka_unit_test(what_stores_is_not),
        cmocka_unit_test(what_changes_the_system_is_not),
        cmocka_unit_test(what_lowers_the_stack_pointer_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
