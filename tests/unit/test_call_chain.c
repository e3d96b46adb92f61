// test_call_chain.c: who had called a function, by its code, its stack and LR.
// SPDX-License-Identifier: MIT
#include "call_chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum {
    RESET = 0x08000000,
    SETUP = 0x08000040,
    FINISH = 0x08000060,
    LEAF = 0x08000080,
    BYTES = 0x84,
};

// Each line is what arm-none-eabi-as makes of the instruction beside it.
static const struct {
    uint32_t address;
    uint16_t code[2];
    unsigned bytes;
} instructions[] = {
    {RESET, {0xF000, 0xF81E}, 4},      // bl setup
    {RESET + 4, {0xF000, 0xF82C}, 4},  // bl finish
    {RESET + 8, {0xE7FE, 0}, 2},       // b .
    {SETUP, {0xB510, 0}, 2},           // push {r4, lr}
    {SETUP + 2, {0xF000, 0xF81D}, 4},  // bl leaf
    {SETUP + 6, {0xBD10, 0}, 2},       // pop {r4, pc}
    {FINISH, {0xB510, 0}, 2},          // push {r4, lr}
    {FINISH + 2, {0xE8BD, 0x4010}, 4}, // pop {r4, lr}
    {FINISH + 6, {0xF000, 0xB80B}, 4}, // b.w leaf
    {LEAF, {0xBF00, 0}, 2},            // nop
    {LEAF + 2, {0x4770, 0}, 2},        // bx lr
};

static struct call_chain chain_of(const struct call_site *site)
{
    static char names[4][8] = {"reset", "setup", "finish", "leaf"};
    uint8_t bytes[BYTES] = {0};
    struct segment segment = {RESET, BYTES, bytes};
    struct symbol symbols[] = {
        {.name = names[0], .address = RESET, .size = 10, .kind = SYMBOL_FUNCTION},
        {.name = names[1], .address = SETUP, .size = 8, .kind = SYMBOL_FUNCTION},
        {.name = names[2], .address = FINISH, .size = 10, .kind = SYMBOL_FUNCTION},
        {.name = names[3], .address = LEAF, .size = 4, .kind = SYMBOL_FUNCTION},
    };
    struct image image = {.segments = &segment, .count = 1, .symbols = symbols, .symbol_count = 4};
    struct call_chain chain;

    for (size_t i = 0; i < sizeof instructions / sizeof *instructions; i++) {
        memcpy(bytes + (instructions[i].address - RESET), instructions[i].code,
               instructions[i].bytes);
    }
    call_chain_find(&image, site, &chain);
    return chain;
}

static void by_lr_and_then_by_the_frame(void **state)
{
    // leaf, called by setup, which reset has called: what setup has pushed is on the stack.
    struct call_site site = {.pc = LEAF + 2,
                             .sp = 0x20000100,
                             .lr = SETUP + 6 + 1,
                             .words = {{RESET + 4 + 1, 4}},
                             .words_used = 1};
    struct call_chain chain = chain_of(&site);
    (void)state;

    assert_int_equal(chain.count, 3);
    assert_int_equal(chain.places[0], LEAF + 2);
    assert_int_equal(chain.places[1], SETUP + 2);
    assert_int_equal(chain.places[2], RESET);
}

static void a_stale_word_is_no_caller(void **state)
{
    // It stands where setup has put nothing, and leads to finish.
    struct call_site site = {.pc = SETUP + 2,
                             .sp = 0x20000100,
                             .words = {{RESET + 8 + 1, 0}, {RESET + 4 + 1, 4}},
                             .words_used = 2};
    struct call_chain chain = chain_of(&site);
    (void)state;

    assert_int_equal(chain.count, 2);
    assert_int_equal(chain.places[1], RESET);
}

static void a_branch_at_the_end_is_a_call(void **state)
{
    struct call_site site = {.pc = LEAF, .sp = 0x20000108, .lr = RESET + 8 + 1};
    struct call_chain chain = chain_of(&site);
    (void)state;

    assert_int_equal(chain.count, 3);
    assert_int_equal(chain.places[1], FINISH + 6);
    assert_int_equal(chain.places[2], RESET + 4);
}

static void what_a_call_has_left_in_lr_is_no_caller(void **state)
{
    struct call_site of_its_own = {.pc = RESET + 8, .sp = 0x20000108, .lr = RESET + 8 + 1};
    struct call_site of_what_it_called = {.pc = RESET + 8, .sp = 0x20000108, .lr = SETUP + 6 + 1};
    (void)state;

    assert_int_equal(chain_of(&of_its_own).count, 1);
    assert_int_equal(chain_of(&of_what_it_called).count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_lr_and_then_by_the_frame),
        cmocka_unit_test(a_stale_word_is_no_caller),
        cmocka_unit_test(a_branch_at_the_end_is_a_call),
        cmocka_unit_test(what_a_call_has_left_in_lr_is_no_caller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
