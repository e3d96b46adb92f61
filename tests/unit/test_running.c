// test_running.c: an application counts as running when start-up code cannot account for its time.
// SPDX-License-Identifier: MIT
#include "running.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define RAM 0x20000000u

enum { START = 5000, WORDS = 0x4000 };

static bool runs_at(struct running *running, uint64_t now)
{
    running->chip->core.instructions = now;
    return running_now(running);
}

// Stores are seen as long as that matters.
static void it_looks_at_stores_until_it_runs(void **state)
{
    struct chip chip = {.core.instructions = START};
    struct running running;
    (void)state;

    running_open(&running, &chip);
    assert_int_equal(chip.observers.storing_count, 0);
    running_begin(&running);
    running_begin(&running);
    assert_int_equal(chip.observers.storing_count, 1);
    assert_true(runs_at(&running, 2 * START));
    assert_int_equal(chip.observers.storing_count, 0);
    running_close(&running);
}

static void code_alone_runs_soon(void **state)
{
    struct chip chip = {.core.instructions = START};
    struct running running;
    (void)state;

    running_open(&running, &chip);
    running_begin(&running);
    assert_int_equal(running_from(&running), START + RUNNING_INSTRUCTIONS + 1);
    assert_false(runs_at(&running, START + RUNNING_INSTRUCTIONS));
    assert_true(runs_at(&running, START + RUNNING_INSTRUCTIONS + 1));
    running_close(&running);
}

static void the_first_store_to_a_word_takes_time_and_no_other(void **state)
{
    struct chip chip = {.core.instructions = START};
    struct running running;
    (void)state;

    running_open(&running, &chip);
    running_begin(&running);
    for (int again = 0; again < 3; again++) {
        for (uint32_t i = 0; i < WORDS; i++) { // 64 KB
            running_store(&running, RAM + 4 * i, 4);
        }
    }
    assert_int_equal(running.words, WORDS);
    assert_false(runs_at(&running, START + WORDS * RUNNING_PER_WORD));
    assert_true(runs_at(&running, START + (WORDS + 32) * RUNNING_PER_WORD));
    running_store(&running, RAM - 4, 4); // it runs: nobody looks any more
    assert_int_equal(running.words, WORDS);
    chip.core.instructions = 2 * START;
    running_begin(&running);
    assert_false(runs_at(&running, 2 * START));
    running_store(&running, RAM, 4);
    assert_int_equal(running.words, 1);
    running_close(&running);
}

static void stores_count_by_words(void **state)
{
    struct chip chip = {.core.instructions = 0};
    struct running running;
    (void)state;

    running_open(&running, &chip);
    running_begin(&running);
    running_store(&running, RAM, 1);
    running_store(&running, RAM + 3, 1);
    running_store(&running, RAM + 2, 2);
    assert_int_equal(running.words, 1);
    running_store(&running, RAM + 6, 4); // half of one word, half of the next
    assert_int_equal(running.words, 3);
    running_store(&running, RAM + RUNNING_PAGE - 4, 8);
    assert_int_equal(running.words, 5);
    running_close(&running);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_alone_runs_soon),
        cmocka_unit_test(the_first_store_to_a_word_takes_time_and_no_other),
        cmocka_unit_test(stores_count_by_words),
        cmocka_unit_test(it_looks_at_stores_until_it_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
