// test_rule_bootleap.c: B1: bootleap in an image, and in two images of one product.
// SPDX-License-Identifier: MIT
#include "request_bench.h"
#include "rule_bootleap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void open(struct request_bench *bench, const char *slug, uint32_t mark)
{
    const struct device *device = device_find(slug);

    request_bench_open(bench, slug);
    request_bench_bootleap(bench, mark ? mark : device->mark, device->rom_vector);
}

static void expect(struct request_bench *bench, enum verdict verdict, enum severity severity,
                   const char *part)
{
    request_bench_expect_program(bench, rule_bootleap, "bootleap", verdict, severity);
    bench_expect_text(&bench->rule, "bootleap", part);
}

static void words_in_the_image(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "h723", 0);
    assert_true(bench.start_up.bootleap.found);
    assert_int_equal(bench.start_up.bootleap.mark, 0x24008000);
    assert_int_equal(bench.start_up.bootleap.rom, 0x1FF09800);
    assert_int_equal(bench.start_up.bootleap.words, 0x08000010);
    request_bench_code(&bench, 0x18, (uint32_t[]){0xE000ED90}, 1); // not MPU_CTRL
    assert_false(bootleap_image_find(&bench.rule.firmware).found);
    request_bench_close(&bench);
    request_bench_open(&bench, "h723");
    bench.rule.view.entry = NULL;
    bench_expect_nothing(&bench.rule, rule_bootleap, "bootleap");
    request_bench_close(&bench);
}

static void where_the_mark_is(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "g0b1", 0);
    request_bench_read(&bench, bench.start_up.bootleap.mark);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "mark at 0x20008000;");
    request_bench_close(&bench);
    open(&bench, "g0b1", 0x20009000);
    request_bench_read(&bench, bench.start_up.bootleap.mark);
    expect(&bench, VERDICT_OK, SEVERITY_NOTE, "not where bootleap has it by itself");
    bench.rule.firmware.initial_sp = 0x20009010;
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "16 bytes below the initial stack pointer");
    request_bench_close(&bench);
    open(&bench, "g0b1", 0x30000000);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "neither RAM nor a backup register");
    request_bench_close(&bench);
    request_bench_open(&bench, "g0b1");
    request_bench_bootleap(&bench, 0x20008000, 0x1FF09800);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "built for another device");
    request_bench_close(&bench);
}

static void mark_in_backup_registers(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "f405", device_find("f405")->backup);
    bench.rule.firmware.starts = (uint32_t[]){0x08000000}; // the entry departs
    bench.rule.firmware.start_count = 1;
    expect(&bench, VERDICT_OK, SEVERITY_OK, "in backup registers");
    request_bench_close(&bench);
}

static void what_start_up_does(void **state)
{
    struct request_bench bench;
    struct start_up_word *word;

    (void)state;
    open(&bench, "g0b1", 0);
    word = request_bench_read(&bench, bench.start_up.bootleap.mark);
    word->unsure = 1;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "was not decided");
    word->unsure = 0;
    word->written = 1;
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "overwrites the mark");
    word->kept = 0;
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "overwrites the mark");
    request_bench_close(&bench);
}

static void nothing_reads_it(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, "g0b1", 0);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "the way back alone");
    bench.start_up.bootleap.jump = 0x08000400;
    request_bench_code(&bench, 0x40, (uint32_t[]){0x08000401}, 1);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "on what the ROM has left");
    request_bench_store(&bench, bench.start_up.bootleap.mark, BOOTLEAP_MARK_ENTER);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "a request ends in the application");
    bench.start_up.bootleap.enter = 0x08000500; // which nothing uses
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "on what the ROM has left");
    request_bench_code(&bench, 0x40, (uint32_t[]){0x08000501}, 1);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "a request ends in the application");
    bench.rule.walk.reset_finished = false;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "was not decided");
    bench.rule.firmware.vectors += 0x4000;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "behind a loader");
    request_bench_close(&bench);
}

static void expect_agree(const struct request_bench *one, const struct request_bench *other,
                         enum verdict verdict, enum severity severity)
{
    struct findings findings = {.items = NULL};
    struct problem problem;

    assert_int_equal(
        rule_bootleap_agree(&one->rule.firmware, &other->rule.firmware, &findings, &problem), 0);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].verdict, verdict);
    assert_int_equal(findings.items[0].severity, severity);
    findings_close(&findings);
}

static void two_images(void **state)
{
    struct request_bench one, same, other, none;
    struct findings findings = {.items = NULL};
    struct problem problem;

    (void)state;
    open(&one, "g0b1", 0);
    open(&same, "g0b1", 0);
    open(&other, "g0b1", 0x20009000);
    request_bench_open(&none, "g0b1");
    expect_agree(&one, &same, VERDICT_OK, SEVERITY_OK);
    expect_agree(&one, &other, VERDICT_BROKEN, SEVERITY_ERROR);
    expect_agree(&none, &one, VERDICT_BROKEN, SEVERITY_WARNING);
    assert_int_equal(
        rule_bootleap_agree(&none.rule.firmware, &none.rule.firmware, &findings, &problem), 0);
    assert_int_equal(findings.count, 0);
    request_bench_close(&one);
    request_bench_close(&same);
    request_bench_close(&other);
    request_bench_close(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_in_the_image),       cmocka_unit_test(where_the_mark_is),
        cmocka_unit_test(mark_in_backup_registers), cmocka_unit_test(what_start_up_does),
        cmocka_unit_test(nothing_reads_it),         cmocka_unit_test(two_images),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
