// test_states.c: each state of an application breaks the point of the contract that it is about.
// SPDX-License-Identifier: MIT
#include "bench.h"
#include "contract.h"
#include "states.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

// From H1 on; 0: the state is about no point of its own.
static const unsigned points[STATES] = {
    [STATE_PROCESS_STACK] = 2,
    [STATE_HANDLER] = 3,
    [STATE_PRIMASK] = 4,
    [STATE_BASEPRI] = 4,
    [STATE_FAULTMASK] = 4,
    [STATE_FPU] = 2,
    [STATE_MPU] = 10,
    [STATE_CACHES] = 10,
    [STATE_CLOCKS] = 11,
    [STATE_PENDING] = 6,
    [STATE_DMA] = 12,
    [STATE_DMA_OVER_MARK] = 12,
    [STATE_STACK_LIMITS] = 5,
    [STATE_UNPRIVILEGED] = 2,
    [STATE_NESTED] = 3,
    [STATE_SYSTICK_HANDLER] = 7,
    [STATE_FPU_HANDLER] = 2,
    [STATE_LIMITED_TASK] = 5,
    [STATE_FAULTS] = 6,
    [STATE_VTOR] = 8,
    [STATE_PINS] = 12,
    [STATE_PERIPHERALS] = 12,
    [STATE_WINDOW_WATCHDOG] = 13,
    [STATE_SETTINGS] = 16,
};

// What holds on a chip whose ROM was not asked for does not count: H1, H2's stack, H8, H9, H15.
static void make(const struct device *device, enum application_state state,
                 struct contract *contract, char observed[2][sizeof contract->points[0].observed])
{
    struct bench bench;
    unsigned point = points[state];

    bench_open(&bench, device);
    cpu_set(bench.chip.core.cpu, CPU_MSP, 0x20001000u);
    contract_check(&bench.judge, contract);
    snprintf(observed[0], sizeof observed[0], "%s", contract->points[point - 1].observed);
    state_make(&bench.chip, state);
    contract_check(&bench.judge, contract);
    snprintf(observed[1], sizeof observed[1], "%s", contract->points[point - 1].observed);
    bench_close(&bench);
}

static void each_state_breaks_its_point(void **state)
{
    static const char *const slugs[] = {"f072", "g0b1", "f10medium", "f405", "h723", "u575"};
    struct contract contract;
    char observed[2][sizeof contract.points[0].observed];
    (void)state;

    for (size_t i = 0; i < sizeof slugs / sizeof slugs[0]; i++) {
        const struct device *device = device_find(slugs[i]);
        for (int j = 0; j < STATES; j++) {
            if (!points[j] || !state_exists(device, (enum application_state)j)) {
                continue;
            }
            make(device, (enum application_state)j, &contract, observed);
            if (contract.points[points[j] - 1].ok) {
                fail_msg("%s: %s does not break H%u", slugs[i],
                         state_name((enum application_state)j), points[j]);
            }
            assert_string_not_equal(observed[0], observed[1]);
        }
    }
}

static void dirty_lines_are_anywhere(void **state)
{
    struct contract contract;
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("h723"));
    state_make(&bench.chip, STATE_CACHES);
    bus_write(&bench.chip, 0xE000ED14u, 4, 0); // off, and not cleaned
    contract_check(&bench.judge, &contract);
    assert_false(contract.points[9].ok);
    assert_true(data_cache_dirty(&bench.chip.core.store_path.cache) > 16);
    bench_close(&bench);
}

static void what_held_before_is_not_earned(void **state)
{
    struct contract contract;
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    contract_check(&bench.judge, &contract);
    assert_int_equal(contract.points[2].evidence, EVIDENCE_RESET);
    contract_earn(&contract, contract_broken_mask(&contract));
    assert_int_equal(contract.points[2].evidence, EVIDENCE_RESET);
    contract_earn(&contract, 1u << 2);
    assert_int_equal(contract.points[2].evidence, EVIDENCE_EARNED);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_breaks_its_point),
        cmocka_unit_test(dirty_lines_are_anywhere),
        cmocka_unit_test(what_held_before_is_not_earned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
