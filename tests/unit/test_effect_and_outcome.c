// test_effect_and_outcome.c: that leftover_effect is never worse than what the simulator says.
// SPDX-License-Identifier: MIT
#include "leftover_effect.h"
#include "leftover_rule.h"
#include "outcome.h"
#include "wires.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// The outcome, from what people have seen, of this leftover alone over all interfaces of a row: 2:
// over one of them it fails, 1: it is at risk.
static int worst_outcome(const struct device *device, enum leftover leftover, uint16_t version)
{
    const uint64_t bit = UINT64_C(1) << leftover;
    struct present present = {.left = bit,
                              .fatal = leftover_rule_always_fails(leftover) ? bit : 0,
                              .harmless = leftover_rule_never_matters(leftover) ? bit : 0};
    struct surroundings found = {.crystal = true, .boot0 = true};
    struct evidence_view view = {.observations = observations,
                                 .row = device->slug,
                                 .rom_version = version,
                                 .facts_by_version = *device->bank_check.versions,
                                 .left = bit};
    unsigned wires = wires_of(device, version);
    int worst = 0;

    found.unmasks =
        *device->rom_unmasks &&
        device_version_in(device->rom_unmasks, version ? version : device_newest_rom(device));
    for (view.wire = WIRE_USB; view.wire < WIRE_COUNT; view.wire++) {
        struct outcome outcome;
        if (wires & 1u << view.wire) {
            outcome_find(&present, device, &found, &view, &outcome);
            int rank = outcome.kind > OUTCOME_AT_RISK ? 2 : (int)outcome.kind;
            worst = rank > worst ? rank : worst;
        }
    }
    return worst;
}

// Who asks for the effect of one leftover hears nothing worse than the outcome with any version.
static void an_effect_is_never_worse_than_the_outcome(void **state)
{
    (void)state;

    for (size_t i = 0; i < device_count; i++) {
        const struct device *device = &devices[i];
        for (unsigned about = 0; about <= LEFTOVER_NO_REMAP && !device->unlisted; about++) {
            struct leftover_question question = {.leftover = (enum leftover)about};
            struct leftover_effect effect;
            leftover_effect_find(device, &question, &effect);
            int rank = effect.kind > OUTCOME_AT_RISK ? 2 : (int)effect.kind;
            assert_true(rank <= worst_outcome(device, question.leftover, 0));
            for (const uint16_t *version = device->rom_ids; *version; version++) {
                assert_true(rank <= worst_outcome(device, question.leftover, *version));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_is_never_worse_than_the_outcome),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
