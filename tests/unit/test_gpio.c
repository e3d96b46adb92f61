// test_gpio.c: ports with CRL and CRH: levels of inputs, pulls and outputs.
// SPDX-License-Identifier: MIT
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PORT 0x40010800u

enum { CRL = 0x00, CRH = 0x04, IDR = 0x08, ODR = 0x0C, BSRR = 0x10, BRR = 0x14 };

static const struct peripheral peripherals[] = {
    {"GPIOA", BLOCK_GPIO_CRL, PORT, 0x400, 0, 0, 0x44444444, 0, 0, -1, {0}}, {.name = NULL}};

static uint32_t get(struct bench *bench, uint32_t offset)
{
    return bus_read(&bench->chip, PORT + offset, 4);
}

static void put(struct bench *bench, uint32_t offset, uint32_t value)
{
    bus_write(&bench->chip, PORT + offset, 4, value);
}

static void outputs_and_pulls_give_levels(void **state)
{
    struct device device = bench_device("f405");
    struct bench bench;
    (void)state;

    device.peripherals = peripherals;
    bench_open(&bench, &device);
    assert_int_equal(get(&bench, CRL), 0x44444444);
    assert_int_equal(get(&bench, CRH), 0x44444444);
    put(&bench, CRL, 0x44444438); // pin 0 pulled, pin 1 an output
    put(&bench, CRH, 0x84444444); // pin 15 pulled
    put(&bench, BSRR, 1 << 0 | 1 << 1 | 1 << 5 | 1u << 15);
    assert_int_equal(get(&bench, ODR), 0x8023);
    assert_int_equal(get(&bench, IDR), 0x8003); // pin 5 floats: its ODR says nothing
    put(&bench, BRR, 1 << 1);
    put(&bench, BSRR, 1u << 31);
    assert_int_equal(get(&bench, IDR), 0x0001);
    struct block *port = &bench.chip.blocks[0];
    port->type->pins->drive(port, 1 << 0 | 1 << 7, 1 << 7);
    assert_int_equal(get(&bench, IDR), 0x0080);
    assert_int_equal(port->type->pins->driven(port, 7), 1);
    assert_int_equal(port->type->pins->driven(port, 0), 0);
    assert_int_equal(port->type->pins->driven(port, 1), -1);
    put(&bench, BSRR, 1 << 1);
    assert_int_equal(port->type->pins->outputs_high(port), 1 << 1); // what is driven is no output
    port->type->pins->release(port);
    assert_int_equal(port->type->pins->driven(port, 7), -1);
    assert_int_equal(get(&bench, IDR), 0x0003); // the pull-up and the output again
    assert_false(block_is_reset(&bench.chip.blocks[0]));
    bench_reset(&bench, RESET_SOFTWARE);
    assert_true(block_is_reset(&bench.chip.blocks[0]));
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(outputs_and_pulls_give_levels)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
