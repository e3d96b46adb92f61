// test_rule_cache.c: E7: whether a request gets out of the data cache before the reset.
// SPDX-License-Identifier: MIT
#include "request_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { AXI = 0x24000104, DTCM = 0x20000100 };

static const uint32_t CCR = 0xE000ED14, MPU_CTRL = 0xE000ED94, DCCMVAC = 0xE000EF68,
                      DCCISW = 0xE000EF74, DC = 0x00010000;

static void open(struct request_bench *bench, uint32_t address, bool on)
{
    request_bench_open(bench, "h723");
    if (on) {
        struct value ccr = {.bits = DC, .known = DC}; // read, or, write
        request_bench_register(bench, CCR, ccr);
    }
    request_bench_request(bench, address);
}

static void expect(struct request_bench *bench, enum verdict verdict, enum severity severity,
                   const char *part)
{
    bench_expect(&bench->rule, rule_cache, "cache", verdict, severity);
    bench_expect_text(&bench->rule, "cache", part);
}

static void cleaned(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, AXI, true);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "nothing cleans its line");
    request_bench_register(&bench, DCCMVAC, value_number(AXI + 0x40));
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "nothing cleans its line");
    request_bench_register(&bench, DCCMVAC, value_unknown());
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "the address that is cleaned");
    request_bench_register(&bench, DCCMVAC, value_number(AXI - 4));
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is cleaned");
    bench.rule.view.finished = false;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "not all ways");
    request_bench_close(&bench);
    open(&bench, AXI, true);
    request_bench_register(&bench, DCCISW, value_unknown());
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is cleaned");
    request_bench_close(&bench);
}

static void cleaned_too_early(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "h723");
    request_bench_register(&bench, CCR, value_number(DC));
    request_bench_register(&bench, DCCMVAC, value_number(AXI));
    request_bench_request(&bench, AXI);
    expect(&bench, VERDICT_BROKEN, SEVERITY_ERROR, "nothing cleans its line");
    request_bench_close(&bench);
}

static void not_cached(void **state)
{
    struct request_bench bench;

    (void)state;
    open(&bench, DTCM, true);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "does not go through");
    request_bench_close(&bench);
    open(&bench, AXI, false);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is off");
    request_bench_close(&bench);
    open(&bench, AXI, true);
    request_bench_register(&bench, MPU_CTRL, value_number(5));
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "the MPU is on");
    request_bench_close(&bench);
    open(&bench, device_find("h723")->backup, true);
    expect(&bench, VERDICT_OK, SEVERITY_OK, "does not go through");
    request_bench_close(&bench);
}

// Other code than the store's switches the cache on: it writes DCISW.
static void may_be_on(void **state)
{
    const uint32_t literal = 0xE000EF60, offset = 0x3260F8C2; // STR R3, [R2, #0x260]
    struct request_bench bench;

    (void)state;
    open(&bench, AXI, false);
    request_bench_code(&bench, 0x20, &literal, 1);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "may be on");
    request_bench_code(&bench, 0x20, &offset, 1);
    expect(&bench, VERDICT_BROKEN, SEVERITY_WARNING, "may be on");
    bench.site.origin = ORIGIN_RESET; // then it was seen to be off
    expect(&bench, VERDICT_OK, SEVERITY_OK, "is off");
    request_bench_close(&bench);
}

static void not_asked(void **state)
{
    struct request_bench bench;

    (void)state;
    request_bench_open(&bench, "f405");
    request_bench_request(&bench, DTCM);
    bench_expect_nothing(&bench.rule, rule_cache, "cache");
    request_bench_close(&bench);
    open(&bench, AXI, true);
    bench.rule.walk.reset_count = 0;
    expect(&bench, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "was not decided");
    request_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleaned),    cmocka_unit_test(cleaned_too_early),
        cmocka_unit_test(not_cached), cmocka_unit_test(may_be_on),
        cmocka_unit_test(not_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
