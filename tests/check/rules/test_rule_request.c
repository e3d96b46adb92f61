// test_rule_request.c: E6: where a request survives a reset, and where it does not.
// SPDX-License-Identifier: MIT
#include "request_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { RAM = 0x20000100, LOOP = 0x08000120, REQUEST = 0xCAFE, MAGIC = 0x1AFE1234 };

static void expect(struct request_bench *bench, enum verdict verdict, enum severity severity,
                   const char *part)
{
    bench_expect(&bench->rule, rule_request, "request", verdict, severity);
    bench_expect_text(&bench->rule, "request", part);
}

static void kept_in_ram(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "g0b1");
    request_bench_request(&bench, RAM);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    bench.rule.view.finished = false;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "not walked to its end");
    request_bench_close(&bench);
}

static void written_by_start_up(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    word = request_bench_request(&bench, RAM);
    word->kept = 0;
    word->written = 1;
    word->pc = LOOP;
    word->value = value_number(0);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "clears the request in 0x20000100");
    assert_int_equal(bench.rule.findings.items[0].pc, LOOP);
    word->value = value_number(7);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "stores 0x7 over");
    word->sp = RAM - 8;
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "pushes registers over");
    word->kept = 1;
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "on some ways");
    word->value = value_number(REQUEST); // .data has the request itself
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    request_bench_close(&bench);
}

static void not_decided(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    word = request_bench_request(&bench, RAM);
    word->unsure = 1;
    word->pc = LOOP;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "whether 0x08000120 writes");
    word->unsure = 0;
    bench.rule.walk.resets = NULL;
    bench.rule.walk.reset_count = 0;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN,
           "nothing was found in this program that stores");
    request_bench_close(&bench);
}

static void not_read(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    word = request_bench_request(&bench, RAM);
    word->kept = 0;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "a task, in a handler or through a pointer");
    bench.rule.walk.reset_finished = false;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "was not decided");
    request_bench_close(&bench);
}

// Where the walk began in the application, variables are compared, too.
static void variable_of_application(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "g0b1");
    bench.rule.entry.origin = ORIGIN_APPLICATION;
    request_bench_request(&bench, RAM); // 0xCAFE, stored by nobody knows whom
    bench_expect_nothing(&bench.rule, rule_request, "request");
    bench.rule.firmware.starts = (uint32_t[]){0x08000300}; // the function that resets
    bench.rule.firmware.start_count = 1;
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    request_bench_close(&bench);
    request_bench_open(&bench, "g0b1");
    bench.rule.entry.origin = ORIGIN_APPLICATION;
    bench.rule.firmware.starts = (uint32_t[]){0x08000300};
    bench.rule.firmware.start_count = 1;
    request_bench_store(&bench, RAM, 'R'); // a command, or a state
    request_bench_check(&bench, RAM, 'R');
    request_bench_read(&bench, RAM);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_store(&bench, RAM, 0x20001000); // a pointer
    request_bench_check(&bench, RAM, 0x20001000);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_close(&bench);
}

// A flag that start-up code sets up, and that another way to a reset has set.
static void small_and_written(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    request_bench_store(&bench, RAM, 1);
    request_bench_check(&bench, RAM, 1);
    word = request_bench_read(&bench, RAM);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    word->kept = 0;
    word->written = 1;
    word->value = value_number(0);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_close(&bench);
}

static void no_place(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "g0b1");
    request_bench_request(&bench, 0x20040000);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "has no RAM");
    request_bench_close(&bench);
    request_bench_open(&bench, "f030xc"); // RTC_BKP0R of others
    request_bench_request(&bench, 0x40002850);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "has no backup register");
    request_bench_close(&bench);
    request_bench_open(&bench, "g0b1");
    request_bench_request(&bench, bench.rule.firmware.initial_sp - 16);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "16 bytes below the initial stack pointer");
    request_bench_close(&bench);
    request_bench_open(&bench, "h563");
    request_bench_request(&bench, RAM);
    expect(&bench, VERDICT_OK, SEVERITY_NOTE, "SRAM1_3_RST = 0");
    request_bench_close(&bench);
}

// AXI SRAM keeps back what is not 8 bytes, DTCM of this row the last store in any case.
static void error_code(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "h723");
    request_bench_request(&bench, 0x24000100);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "incomplete unit");
    request_bench_store(&bench, 0x24000104, ~(uint32_t)REQUEST); // the same unit
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    request_bench_close(&bench);
    request_bench_open(&bench, "h723");
    request_bench_request(&bench, 0x24000100);
    request_bench_register(&bench, 0x40000000, value_number(0));
    request_bench_store(&bench, 0x24000200, 1); // another one, later
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    request_bench_close(&bench);
    request_bench_open(&bench, "h723"); // two words: the second one waits when the other is written
    request_bench_request(&bench, 0x24000104);
    request_bench_register(&bench, 0x40000000, value_number(0));
    request_bench_store(&bench, 0x24000200, 1);
    request_bench_register(&bench, 0x40000000, value_number(0));
    request_bench_request(&bench, 0x24000100);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "the store of 0x24000100");
    request_bench_close(&bench);
    request_bench_open(&bench, "h723"); // the same two, compared the other way round
    request_bench_request(&bench, 0x24000104);
    request_bench_register(&bench, 0x40000000, value_number(0));
    request_bench_store(&bench, 0x24000200, 1);
    request_bench_register(&bench, 0x40000000, value_number(0));
    request_bench_request(&bench, 0x24000100);
    request_bench_check(&bench, 0x24000104, REQUEST);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "the store of 0x24000100");
    request_bench_close(&bench);
    request_bench_open(&bench, "h723");
    request_bench_request(&bench, RAM);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "until another store");
    assert_string_equal(bench.rule.findings.items[0].ground, "seen");
    request_bench_close(&bench);
}

static void backup_register(void **state)
{
    const struct device *device = device_find("f405");
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "f405");
    request_bench_register(&bench, device->backup_clocks->address,
                           value_number(device->backup_clocks->value));
    request_bench_register(&bench, device->backup_unlock, value_number(device->backup_unlock_mask));
    request_bench_request(&bench, device->backup);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "with PWREN off: it may read 0");
    bench_event(&bench.rule, EVENT_STORE, LOOP, device->backup_clocks->address,
                value_number(device->backup_clocks->value));
    request_bench_check(&bench, device->backup, REQUEST);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "leaves it alone");
    bench_event(&bench.rule, EVENT_STORE, LOOP, device->backup, value_number(0));
    request_bench_check(&bench, device->backup, REQUEST);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "writes the request");
    request_bench_close(&bench);
}

static void backup_lock(void **state)
{
    const struct device *device = device_find("f405");
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "f405");
    request_bench_request(&bench, device->backup);
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "whether DBP is on");
    bench.site.origin = ORIGIN_RESET;
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "with DBP off");
    request_bench_close(&bench);
    request_bench_open(&bench, "f405"); // DBP by its bit-band alias: bit 8 of 0x40007000
    request_bench_register(&bench, 0x420E0020, value_number(1));
    request_bench_request(&bench, device->backup);
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "whether PWREN is on");
    request_bench_close(&bench);
}

// A flag of 64 bits is compared at once, and no event tells of one of its words.
static void compared_at_once(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "g0b1");
    bench.rule.firmware.starts = (uint32_t[]){0x08000300}; // it stores and resets
    bench.rule.firmware.start_count = 1;
    request_bench_store(&bench, RAM, MAGIC);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_read(&bench, RAM);
    expect(&bench, VERDICT_OK, SEVERITY_NOTE, "leaves it alone");
    bench.rule.firmware.start_count = 0; // somebody else stores it
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_close(&bench);
    request_bench_open(&bench, "g0b1"); // a counter, or a flag
    request_bench_check(&bench, RAM, 1);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    bench_event(&bench.rule, EVENT_CHECK, LOOP, RAM,
                (struct value){.bits = 0x42000000, .known = 0xFF000000}); // a byte that was read
    bench.rule.events[bench.rule.event_count - 1].is_equal = true;
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_check(&bench, RAM, MAGIC);
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "was not decided");
    bench.rule.entry.origin = ORIGIN_APPLICATION; // nobody stores it: any comparison
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_close(&bench);
}

static void never_checked(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    bench.rule.view.entry = NULL;
    request_bench_store(&bench, RAM, MAGIC);
    word = request_bench_read(&bench, RAM);
    word->kept = 0;
    // The function that stores and resets.
    bench.rule.firmware.starts = (uint32_t[]){0x08000300};
    bench.rule.firmware.start_count = 1;
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "nothing on the way from the reset checks");
    bench.rule.firmware.vectors += 0x4000;
    expect(&bench, VERDICT_BROKEN, SEVERITY_NOTE, "nothing on the way from the reset checks");
    word->first_pc = LOOP; // over .bss: it is a variable like others
    bench_expect_nothing(&bench.rule, rule_request, "request");
    word->first_pc = 0;
    bench.rule.walk.entry_count = 0; // nothing goes to a ROM
    bench.rule.firmware.vectors -= 0x4000;
    expect(&bench, VERDICT_BROKEN, SEVERITY_NOTE, "nothing on the way from the reset checks");
    bench.rule.walk.entry_count = 1;
    word->kept = 1;
    bench_expect_nothing(&bench.rule, rule_request, "request");
    word->kept = 0;
    bench.rule.entry.origin = ORIGIN_APPLICATION; // a handler checks it
    request_bench_check(&bench, RAM, MAGIC);
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_store(&bench, RAM, 0x20001234); // a pointer
    bench_expect_nothing(&bench.rule, rule_request, "request");
    request_bench_close(&bench);
}

static void bootleaps_mark(void **state)
{
    const struct device *device = device_find("g0b1");
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    request_bench_open(&bench, "g0b1");
    request_bench_bootleap(&bench, device->mark, device->rom_vector);
    bench.rule.firmware.starts = (uint32_t[]){0x08000000};
    bench.rule.firmware.start_count = 1;
    bench_expect_nothing(&bench.rule, rule_request, "request"); // B1 says that nobody reads it
    word = request_bench_read(&bench, device->mark);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "bootleap's mark");
    word->kept = 0;
    word->written = 1;
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "before it is checked");
    request_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_in_ram),       cmocka_unit_test(written_by_start_up),
        cmocka_unit_test(not_decided),       cmocka_unit_test(not_read),
        cmocka_unit_test(no_place),          cmocka_unit_test(error_code),
        cmocka_unit_test(backup_register),   cmocka_unit_test(backup_lock),
        cmocka_unit_test(compared_at_once),  cmocka_unit_test(never_checked),
        cmocka_unit_test(bootleaps_mark),    cmocka_unit_test(variable_of_application),
        cmocka_unit_test(small_and_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
