// test_chip_line.c: the line about a chip, of rows that have something to say.
// SPDX-License-Identifier: MIT
#include "chip_line.h"
#include "request_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *slug, enum entry_origin origin, const char *part)
{
    struct request_bench bench;
    char line[CHIP_LINE];

    request_bench_open(&bench, slug);
    bench.rule.entry.origin = origin;
    chip_line(bench.rule.view.device, &bench.rule.walk, line);
    if (!strstr(line, part)) {
        fail_msg("%s: not about '%s': %s", slug, part, line);
    }
    request_bench_close(&bench);
}

static void lines(void **state)
{
    (void)state;
    expect("c53", ORIGIN_RESET, "No way from an application into the ROM of STM32C53xxx/542xx");
    expect("f04", ORIGIN_RESET, "or hold BOOT0 high");
    expect("l01", ORIGIN_RESET, "Erase the first page before the jump");
    expect("l07", ORIGIN_RESET, "Erase the first page of each bank");
    expect("l47", ORIGIN_RESET, "starts this program again instead of serving");
    expect("l47", ORIGIN_RESET, "MEM_MODE that selects system memory");
    expect("f76", ORIGIN_RESET, "If nDBANK/nDBOOT lets it look at the banks");
    expect("h7rs", ORIGIN_APPLICATION, "after a jump with");
    expect("wb5", ORIGIN_APPLICATION, "No jump without a reset is known to be safe");
    expect("wb5", ORIGIN_RESET, "Option bytes can keep STM32WB30xx/35xx/50xx/55xx");
    expect("u575", ORIGIN_RESET, "RDP, TZEN, SRAM_RST, WWDG_SW");
}

static void nothing_to_say(void **state)
{
    struct request_bench bench;
    char line[CHIP_LINE] = "?";

    (void)state;
    request_bench_open(&bench, "g0b1");
    bench.rule.walk.entry_count = 0;
    chip_line(bench.rule.view.device, &bench.rule.walk, line);
    assert_string_equal(line, "");
    request_bench_close(&bench);
    request_bench_open(&bench, "l47"); // its first word is no stack that the ROM takes for valid
    bench.rule.firmware.initial_sp = 0x2001C000;
    chip_line(bench.rule.view.device, &bench.rule.walk, line);
    assert_null(strstr(line, "starts this program"));
    request_bench_close(&bench);
}

// Every row has a line that is whole.
static void all_rows(void **state)
{
    struct walk walk = {.entries = NULL};
    struct firmware firmware = {.initial_sp = 0x20001000};
    char line[CHIP_LINE];

    (void)state;
    walk.firmware = &firmware;
    for (size_t i = 0; i < device_count; i++) {
        chip_line(&devices[i], &walk, line);
        if (line[0] && line[strlen(line) - 1] != '.') {
            fail_msg("%s: cut, or without a full stop: %s", devices[i].slug, line);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(nothing_to_say),
        cmocka_unit_test(all_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
