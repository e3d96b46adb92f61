// test_target.c: from what a bootloader says of itself to a row of the device table.
// SPDX-License-Identifier: MIT
#include "target.h"

#include "memory_bootloader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct bench {
    struct memory_bootloader memory;
    struct target target;
    struct problem problem;
};

static void set_up(struct bench *bench, const char *slug, uint8_t rom_id)
{
    memset(bench, 0, sizeof *bench);
    memory_bootloader_open(&bench->memory, device_find(slug), 256, 100);
    bench->memory.rom_id = rom_id;
}

static int identify(struct bench *bench)
{
    return target_identify(&bench->target, &bench->memory.base, &bench->problem);
}

static void tear_down(struct bench *bench)
{
    memory_bootloader_free(&bench->memory);
}

static void the_version_byte_is_read_where_the_row_says(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 0x92);
    assert_int_equal(identify(&bench), 0);
    assert_string_equal(bench.target.device->slug, "g0b1");
    assert_int_equal(bench.target.rom_id, 0x92);
    tear_down(&bench);
}

// Two lines with one product id and one address, told apart by the version alone.
static void the_version_byte_decides_between_lines(void **state)
{
    const struct device *first = NULL, *second = NULL;
    struct bench bench;
    (void)state;

    for (size_t i = 0; i < device_count && second == NULL; i++) {
        first = device_by_product(devices[i].product, NULL);
        second = device_by_product(devices[i].product, first);
        if (second && (second->rom_id_address != first->rom_id_address || second->rom_ids[0] == 0 ||
                       second->rom_ids[0] == first->rom_ids[0])) {
            second = NULL;
        }
    }
    assert_non_null(second);
    set_up(&bench, second->slug, (uint8_t)second->rom_ids[0]);
    assert_int_equal(identify(&bench), 0);
    assert_string_equal(bench.target.device->slug, second->slug);
    assert_int_equal(bench.memory.calls[CALL_READ], 2); // both have it at one address; twice
    tear_down(&bench);
}

static void a_rom_that_refuses_to_be_read_is_no_problem(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 0x92);
    bench.memory.fails = CALL_READ;
    bench.memory.fails_at = 1;
    bench.memory.fails_with = EXIT_REFUSED;
    assert_int_equal(identify(&bench), 0);
    assert_string_equal(bench.target.device->slug, "g0b1");
    assert_int_equal(bench.target.rom_id, 0);
    bench.memory.fails_at = 2;
    bench.memory.fails_with = EXIT_FAILED;
    assert_int_equal(identify(&bench), EXIT_FAILED);
    tear_down(&bench);
}

static void a_device_can_be_required(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 0x92);
    assert_int_equal(identify(&bench), 0);
    assert_int_equal(target_require_device(&bench.target, NULL, &bench.problem), 0);
    assert_int_equal(target_require_device(&bench.target, device_find("g0b1"), &bench.problem), 0);
    assert_int_equal(target_require_device(&bench.target, device_find("h723"), &bench.problem),
                     EXIT_USAGE);
    assert_non_null(strstr(bench.problem.what, "(product id 0x467), not "));
    bench.memory.base.product = 0x999;
    assert_int_equal(identify(&bench), 0);
    assert_int_equal(target_require_device(&bench.target, NULL, &bench.problem), EXIT_USAGE);
    assert_string_equal(bench.problem.what,
                        "chip at memory: product id 0x999 is not in the device table");
    tear_down(&bench);
}

static void an_operation_can_be_required(void **state)
{
    struct bench bench;
    (void)state;

    set_up(&bench, "g0b1", 0x92);
    assert_int_equal(identify(&bench), 0);
    assert_int_equal(
        target_require_operations(&bench.target, BOOTLOADER_ERASE | BOOTLOADER_GO, &bench.problem),
        0);
    bench.memory.base.operations = BOOTLOADER_READ | BOOTLOADER_GO;
    assert_int_equal(target_require_operations(&bench.target, BOOTLOADER_READ, &bench.problem), 0);
    assert_int_equal(target_require_operations(&bench.target, BOOTLOADER_READ | BOOTLOADER_ERASE,
                                               &bench.problem),
                     EXIT_REFUSED);
    assert_string_equal(bench.problem.what, "ROM at memory: it has no erase command");
    tear_down(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_byte_is_read_where_the_row_says),
        cmocka_unit_test(the_version_byte_decides_between_lines),
        cmocka_unit_test(a_rom_that_refuses_to_be_read_is_no_problem),
        cmocka_unit_test(a_device_can_be_required),
        cmocka_unit_test(an_operation_can_be_required),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
