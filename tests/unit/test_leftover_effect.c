// test_leftover_effect.c: what rules and observations of evidence/ make of one leftover on a row.
// SPDX-License-Identifier: MIT
#include "leftover_effect.h"
#include "wires.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OVER(name) (1u << (WIRE_##name))
#define BIT(name)  (UINT64_C(1) << (LEFTOVER_##name))

static struct leftover_effect ask(const char *row, struct leftover_question question)
{
    struct leftover_effect effect;

    leftover_effect_find(device_find(row), &question, &effect);
    return effect;
}

static void expect(struct leftover_effect effect, enum outcome_kind kind, enum ground ground)
{
    assert_string_equal(outcome_word(effect.kind), outcome_word(kind));
    assert_string_equal(outcome_how(effect.kind), outcome_how(kind));
    assert_string_equal(leftover_ground_name(effect.ground), leftover_ground_name(ground));
}

static void expect_over(struct leftover_effect effect, unsigned fails_over, unsigned risk_over)
{
    assert_int_equal(effect.fails_over, fails_over);
    assert_int_equal(effect.risk_over, risk_over);
}

// It is so of every ROM, even of those of which no interface is known.
static void what_the_architecture_decides(void **state)
{
    (void)state;
    for (size_t i = 0; i < device_count; i++) {
        unsigned wires = wires_of(&devices[i], 0);
        struct leftover_effect effect =
            ask(devices[i].slug, (struct leftover_question){.leftover = LEFTOVER_WRONG_TABLE});
        expect(effect, OUTCOME_FAULT, GROUND_MUST);
        expect_over(effect, wires ? wires : OVER(NOT_SAID), 0);
        assert_string_not_equal(effect.why, "");
        effect = ask(devices[i].slug, (struct leftover_question){.leftover = LEFTOVER_SYSTICK});
        expect(effect, OUTCOME_SERVED, GROUND_MUST);
        expect_over(effect, 0, 0);
    }
}

// AN2606 says that USB and SPI need interrupts. Nobody has reported it of an F411.
static void masked_interrupts_where_nobody_has_seen_them(void **state)
{
    struct leftover_effect effect =
        ask("f411", (struct leftover_question){.leftover = LEFTOVER_MASKED_INTERRUPTS});
    (void)state;

    expect(effect, OUTCOME_HUNG, GROUND_MUST);
    expect_over(effect, OVER(USB) | OVER(SPI), OVER(USART) | OVER(I2C));
    assert_string_not_equal(effect.why, "");
}

static void masked_interrupts_where_somebody_has_seen_them(void **state)
{
    struct leftover_question masked = {.leftover = LEFTOVER_MASKED_INTERRUPTS};
    struct leftover_effect effect = ask("g47", masked);
    (void)state;

    // L031: over USB, which the document does not outvote. Over SPI nobody has seen it.
    expect(effect, OUTCOME_HUNG, GROUND_MUST);
    expect_over(effect, OVER(SPI), OVER(USART) | OVER(I2C));
    // B118: over its only interface.
    effect = ask("f05", masked);
    expect(effect, OUTCOME_SERVED, GROUND_SEEN);
    expect_over(effect, 0, 0);
    assert_string_equal(effect.good.shown[0]->id, "B118");
    assert_string_equal(effect.why, "");
    // L231: over a USART of which the document does not speak. What must be comes first.
    effect = ask("f446", masked);
    expect(effect, OUTCOME_HUNG, GROUND_MUST);
    expect_over(effect, OVER(USB) | OVER(USART) | OVER(SPI), OVER(CAN) | OVER(I2C));
}

// Of the G03's ROMs, the newest clears PRIMASK.
static void a_version_that_fares_better(void **state)
{
    struct leftover_question masked = {.leftover = LEFTOVER_MASKED_INTERRUPTS};
    (void)state;

    expect(ask("g03", masked), OUTCOME_SERVED, GROUND_MUST);
    masked.rom_version = 0x53;
    expect(ask("g03", masked), OUTCOME_AT_RISK, GROUND_ALIKE);
    masked.rom_version = 0x54;
    expect(ask("g03", masked), OUTCOME_SERVED, GROUND_MUST);
}

// L213 and L214 failed with it, and do not show that it was the cause; L154 does, of no chip.
static void the_process_stack(void **state)
{
    struct leftover_effect effect =
        ask("u595", (struct leftover_question){.leftover = LEFTOVER_PROCESS_STACK});
    (void)state;

    expect(effect, OUTCOME_AT_RISK, GROUND_ALIKE);
    expect_over(effect, 0, OVER(USB) | OVER(USART) | OVER(CAN) | OVER(I2C) | OVER(SPI));
    assert_string_equal(effect.bad.shown[0]->id, "L154");
    assert_int_not_equal(effect.good.projects, 0);
}

// L152: over USB, and USB in use is nothing to another interface.
static void a_failure_that_was_seen(void **state)
{
    struct leftover_question live = {.leftover = LEFTOVER_LIVE_USB};
    struct leftover_effect effect = ask("l43", live);
    (void)state;

    expect(effect, OUTCOME_HUNG, GROUND_SEEN);
    expect_over(effect, OVER(USB), 0);
    assert_string_equal(effect.bad.shown[0]->id, "L152");
    expect_over(ask("f405", live), 0, OVER(USB));
    expect(ask("g03", live), OUTCOME_SERVED, GROUND_MUST);  // it has no USB
    expect(ask("n6", live), OUTCOME_AT_RISK, GROUND_ALIKE); // nobody knows whether it has
}

// L231 failed over USART by SysTick's interrupt with PRIMASK set: that tells of nobody who has it
// clear.
static void what_else_is_left(void **state)
{
    struct leftover_question tick = {.leftover = LEFTOVER_SYSTICK_INTERRUPT};
    (void)state;

    expect(ask("f446", tick), OUTCOME_SERVED, GROUND_ALIKE);
    tick.left = BIT(MASKED_INTERRUPTS);
    expect(ask("f446", tick), OUTCOME_HUNG, GROUND_SEEN);
    expect_over(ask("f446", tick), OVER(USART), OVER(CAN) | OVER(I2C) | OVER(SPI));
}

static void what_registers_tell(void **state)
{
    struct leftover_question limit = {.leftover = LEFTOVER_STACK_LIMIT};
    struct leftover_question stack = {.leftover = LEFTOVER_OWN_STACK, .fatal = true};
    struct leftover_question settings = {.leftover = LEFTOVER_CORE_SETTINGS, .harmless = true};
    (void)state;

    expect(ask("u595", limit), OUTCOME_AT_RISK, GROUND_NONE);
    limit.harmless = true;
    expect(ask("u595", limit), OUTCOME_SERVED, GROUND_MUST);
    limit.fatal = true;
    expect(ask("u595", limit), OUTCOME_FAULT, GROUND_MUST);
    // No rule says why.
    expect(ask("u595", stack), OUTCOME_SERVED, GROUND_ALIKE);
    expect(ask("u595", settings), OUTCOME_AT_RISK, GROUND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_architecture_decides),
        cmocka_unit_test(masked_interrupts_where_nobody_has_seen_them),
        cmocka_unit_test(masked_interrupts_where_somebody_has_seen_them),
        cmocka_unit_test(a_version_that_fares_better),
        cmocka_unit_test(the_process_stack),
        cmocka_unit_test(a_failure_that_was_seen),
        cmocka_unit_test(what_else_is_left),
        cmocka_unit_test(what_registers_tell),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
