// test_rng.c: the random number generator is ready while it is on.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CR     0x50060800u
#define SR     0x50060804u
#define DR     0x50060808u
#define CLOCK  0x40023834u // AHB2ENR
#define ISPR2  0xE000E208u
#define RNG_IT (1u << (80 - 64))

static uint32_t get(struct bench *bench, uint32_t address)
{
    return bus_read(&bench->chip, address, 4);
}

static void it_is_ready_while_it_is_on(void **state)
{
    struct bench bench;
    (void)state;

    bench_open(&bench, device_find("f405"));
    bus_write(&bench.chip, CR, 4, 4); // no clock
    assert_int_equal(get(&bench, SR), 0);
    bus_write(&bench.chip, CLOCK, 4, 1 << 6);
    assert_int_equal(get(&bench, SR), 0);
    assert_int_equal(get(&bench, DR), 0);
    bus_write(&bench.chip, CR, 4, 4); // RNGEN
    assert_int_equal(get(&bench, SR), 1);
    assert_int_not_equal(get(&bench, DR), get(&bench, DR));
    bus_write(&bench.chip, SR, 4, 0);
    assert_int_equal(get(&bench, SR), 1);
    assert_int_equal(get(&bench, ISPR2) & RNG_IT, 0);
    bus_write(&bench.chip, CR, 4, 4 | 8); // IE
    assert_int_equal(get(&bench, ISPR2) & RNG_IT, RNG_IT);
    bus_write(&bench.chip, CR, 4, 0);
    assert_int_equal(get(&bench, SR), 0);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_ready_while_it_is_on)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
