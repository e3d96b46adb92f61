// test_check_report.c: a check as JSON and as text, of a program and findings that are made here.
// SPDX-License-Identifier: MIT
#include "explain.h"
#include "findings.h"
#include "report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAIN = 0x08000100, ENTER = 0x08000108, JUMP = 0x08000110, END = 0x0800011C };

// ldr r3, [sp, #4]; msr msp, r2; ldr r1, [sp]; bx r1; nop
static const uint8_t instructions[END - MAIN] = {
    [JUMP - MAIN] = 0x01, 0x9B, 0x82, 0xF3, 0x08, 0x88, 0x00, 0x99, 0x08, 0x47, 0x00, 0xBF};

static struct symbol symbols[] = {
    {.name = "main", .address = MAIN, .size = 8, .kind = SYMBOL_FUNCTION},
    {.name = "enter", .address = ENTER, .size = 8, .kind = SYMBOL_FUNCTION},
    {.name = "jump", .address = JUMP, .size = 12, .kind = SYMBOL_FUNCTION},
};
static uint32_t starts[] = {MAIN, ENTER, JUMP};
static struct code_region region = {.address = MAIN,
                                    .load_address = MAIN,
                                    .size = sizeof instructions,
                                    .bytes = instructions,
                                    .executable = true};

static const struct frame from_main = {.call = MAIN + 4, .callee = ENTER, .back = MAIN + 8};
static const struct frame from_enter = {
    .caller = &from_main, .call = ENTER + 2, .callee = JUMP, .back = ENTER + 6, .depth = 1};

// A program whose jump reads its target from the new stack.
struct bench {
    struct firmware firmware;
    struct check check;
    struct checked_entry entry;
    const struct device *rows[2];
    struct report_request request;
    json_t *report;
    char *text;
};

static void add(struct findings *findings, struct finding finding, const char *text,
                const char *fix)
{
    struct problem problem;

    finding_say(&finding, "%s", text);
    finding_advise(&finding, "%s", fix);
    assert_int_equal(findings_add(findings, &finding, &problem), 0);
}

static struct finding answer(enum rule_id rule, const char *about, const char *point,
                             enum verdict verdict, enum severity severity)
{
    struct finding finding = finding_about(rule, about, point);

    finding.verdict = verdict;
    finding.severity = severity;
    return finding;
}

static void bench_open(struct bench *bench)
{
    *bench = (struct bench){0};
    bench->firmware.path = "no-such-file.elf";
    bench->firmware.image.symbols = symbols;
    bench->firmware.image.symbol_count = sizeof symbols / sizeof *symbols;
    bench->firmware.map = (struct code_map){&region, 1};
    bench->firmware.starts = starts;
    bench->firmware.start_count = sizeof starts / sizeof *starts;
    bench->rows[0] = device_find("f405");
    bench->entry = (struct checked_entry){.pc = JUMP + 8,
                                          .origin = ORIGIN_APPLICATION,
                                          .root = MAIN,
                                          .finished = true,
                                          .frames = &from_enter};
    bench->check = (struct check){.firmware = &bench->firmware,
                                  .rows = bench->rows,
                                  .row_count = 1,
                                  .entries = &bench->entry,
                                  .entry_count = 1};
    bench->request.device = bench->rows[0];
}

// An error and what is ok, left and unknown.
static void add_findings(struct bench *bench)
{
    struct findings *findings = &bench->entry.findings;
    struct finding target = answer(RULE_E1, "target", "H1", VERDICT_BROKEN, SEVERITY_ERROR);

    target.pc = JUMP + 6;
    target.frames = &from_enter;
    add(findings, answer(RULE_E1, "stack", "H2", VERDICT_OK, SEVERITY_OK), "SP is the ROM's", "");
    add(findings, answer(RULE_E2, "control", "H2", VERDICT_LEFT, SEVERITY_NOTE),
        "CONTROL is as it was found", "write 0 to CONTROL");
    add(findings, answer(RULE_E3, "primask", "H4", VERDICT_OK, SEVERITY_OK), "PRIMASK is 0", "");
    add(findings, answer(RULE_E3, "basepri", "H4", VERDICT_OK, SEVERITY_OK), "BASEPRI is 0", "");
    add(findings, answer(RULE_E5, "systick", "H7", VERDICT_UNKNOWN, SEVERITY_UNKNOWN),
        "whether SysTick runs is not known", "a store to SYST_CSR on every way");
    add(findings, target, "the branch goes where a word says that was read through the new stack",
        "keep the target in a register");
    bench->entry.points[0] = POINT_BREAKS;
    bench->check.counts[SEVERITY_ERROR] = 1;
    bench->check.counts[SEVERITY_NOTE] = 1;
    bench->check.counts[SEVERITY_UNKNOWN] = 1;
}

static void pack(struct bench *bench)
{
    int code = report_exit_code(&bench->check, &bench->request);
    size_t size;
    FILE *file = open_memstream(&bench->text, &size);

    assert_non_null(file);
    bench->report = json_object();
    report_pack(&bench->check, &bench->request, bench->report);
    json_object_set_new(bench->report, "exit_code", json_integer(code));
    report_print(bench->report, &bench->request, file);
    assert_int_equal(fclose(file), 0);
}

static void bench_close(struct bench *bench)
{
    findings_close(&bench->entry.findings);
    findings_close(&bench->check.findings);
    json_decref(bench->report);
    free(bench->text);
}

static void an_error_names_its_instruction_and_its_calls(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    add_findings(&bench);
    pack(&bench);
    assert_string_equal(
        bench.text,
        "file        no-such-file.elf\n"
        "device      f405 (STM32F40xxx/41xxx)\n"
        "\n"
        "entry 1     0x08000118 jump+0x8 into the ROM, from the application, walked from main\n"
        "            main > enter > jump\n"
        "  error     E1 H1   the branch goes where a word says that was read through the new "
        "stack\n"
        "                    at jump+0x6\n"
        "                      0x08000110  ldr    r3, [sp, #4]\n"
        "                      0x08000112  msr    msp, r2\n"
        "                    > 0x08000116  ldr    r1, [sp]\n"
        "                      0x08000118  bx     r1\n"
        "                    fix: keep the target in a register\n"
        "  unknown   E5 H7   whether SysTick runs is not known\n"
        "                    a store to SYST_CSR on every way\n"
        "  as found  of H2: control (up to the caller; -v says more)\n"
        "  ok        H4 | of H2: stack\n"
        "\n"
        "result      1 error, 0 warnings, 1 note, 1 unknown; exit code 7 (errors)\n"
        "not judged  the clock tree and the peripherals (H10 to H16): `bootleap-sim run "
        "no-such-file.elf\n"
        "            --device f405` runs the firmware and judges them\n");
    bench_close(&bench);
}

static void the_json_has_what_the_text_says(void **state)
{
    struct bench bench;
    const json_t *entry, *finding, *place;

    (void)state;
    bench_open(&bench);
    add_findings(&bench);
    pack(&bench);
    entry = json_array_get(json_object_get(bench.report, "entries"), 0);
    finding = json_array_get(json_object_get(entry, "findings"), 0);
    place = json_object_get(finding, "place");
    assert_string_equal(json_string_value(json_object_get(finding, "severity")), "error");
    assert_string_equal(json_string_value(json_object_get(place, "pc")), "0x08000116");
    assert_string_equal(json_string_value(json_object_get(place, "function")), "jump");
    assert_int_equal(json_array_size(json_object_get(place, "callers")), 2);
    assert_string_equal(json_string_value(json_object_get(json_object_get(entry, "points"), "H1")),
                        "breaks");
    assert_string_equal(json_string_value(json_object_get(json_object_get(entry, "points"), "H2")),
                        "unknown");
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(bench.report, "counts"), "error")), 1);
    assert_true(json_is_null(json_object_get(bench.report, "nothing_found")));
    bench_close(&bench);
}

static void what_is_well_takes_few_lines(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    bench.entry.origin = ORIGIN_RESET;
    bench.entry.frames = NULL;
    bench.request.device = NULL;
    bench.rows[1] = device_find("f411");
    bench.check.row_count = 2;
    add(&bench.entry.findings, answer(RULE_E1, "target", "H1", VERDICT_OK, SEVERITY_OK), "yes", "");
    add(&bench.entry.findings, answer(RULE_E1, "stack", "H2", VERDICT_OK, SEVERITY_OK), "yes", "");
    add(&bench.entry.findings, answer(RULE_E2, "control", "H2", VERDICT_OK, SEVERITY_OK), "0", "");
    pack(&bench);
    assert_non_null(
        strstr(bench.text, "device      not named: 2 rows of the table fit: f405, f411 (--device"));
    assert_non_null(strstr(bench.text, "\nentry 1     0x08000118 jump+0x8 into the ROM, on the "
                                       "reset path\n  ok        H1 H2\n\nresult      0 errors, 0 "
                                       "warnings, 0 notes, 0 unknown; exit code 0 (no error)\n"));
    assert_non_null(strstr(bench.text, "--device NAME"));
    bench_close(&bench);
}

static void options_change_what_is_shown(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    bench.request.quiet = true;
    add_findings(&bench);
    pack(&bench);
    assert_non_null(strstr(bench.text, "  error     E1 H1"));
    assert_null(strstr(bench.text, "  note "));
    assert_null(strstr(bench.text, "result"));
    bench_close(&bench);
    bench_open(&bench);
    bench.request.verbose = true;
    add_findings(&bench);
    pack(&bench);
    assert_non_null(strstr(bench.text, "  ok        E3 H4   PRIMASK is 0\n"));
    assert_non_null(strstr(bench.text, "  note      E2 H2   CONTROL is as it was found\n"
                                       "                    fix: write 0 to CONTROL\n"));
    assert_null(strstr(bench.text, "  as found"));
    assert_null(strstr(bench.text, "  ok        H4 |"));
    bench_close(&bench);
}

static void the_exit_code_is_of_errors_and_of_what_was_asked(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 0);
    bench.check.counts[SEVERITY_WARNING] = bench.check.counts[SEVERITY_UNKNOWN] = 1;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 0);
    bench.request.strict = true;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 7);
    bench.check.counts[SEVERITY_UNKNOWN] = 0;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 0);
    bench.check.counts[SEVERITY_ERROR] = 1;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 7);
    bench.check.counts[SEVERITY_ERROR] = 0;
    bench.check.entry_count = 0;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 7);
    bench.request.accepts_no_entry = true;
    assert_int_equal(report_exit_code(&bench.check, &bench.request), 0);
}

static void a_program_without_an_entry_is_told_what_was_looked_for(void **state)
{
    struct bench bench;
    struct code_site site = {.kind = SITE_MSR_MSP};

    (void)state;
    bench_open(&bench);
    bench.check.entry_count = 0;
    bench.firmware.scan.sites = &site;
    bench.firmware.scan.site_count = 1;
    pack(&bench);
    assert_non_null(strstr(bench.text, "\nno entry    no branch into a ROM"));
    assert_non_null(strstr(bench.text, "an address of a ROM: 0, MSR MSP: 1,"));
    assert_non_null(strstr(bench.text, "  try       is this the image that jumps?"));
    assert_non_null(strstr(bench.text, "exit code 7 (no entry found"));
    bench_close(&bench);
}

static void a_name_cannot_move_the_cursor(void **state)
{
    struct bench bench;

    (void)state;
    bench_open(&bench);
    symbols[2].name = "j\033[2J\xFF";
    add_findings(&bench);
    pack(&bench);
    symbols[2].name = "jump";
    assert_null(strchr(bench.text, '\033'));
    assert_non_null(strstr(bench.text, "at j?[2J\\xFF+0x6\n"));
    bench_close(&bench);
}

static void each_rule_is_explained(void **state)
{
    (void)state;
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        char *text;
        size_t size;
        FILE *file = open_memstream(&text, &size);
        enum rule_id found;
        struct problem problem;
        assert_non_null(file);
        explain_print((enum rule_id)rule, file);
        assert_int_equal(fclose(file), 0);
        assert_memory_equal(text, rule_name((enum rule_id)rule), 2);
        assert_non_null(strstr(text, "\nWhat it decides\n"));
        assert_non_null(strstr(text, "\nWhat it cannot decide\n"));
        assert_int_equal(explain_find(rule_name((enum rule_id)rule), &found, &problem), 0);
        assert_int_equal(found, rule);
        free(text);
    }
}

static void an_unknown_rule_is_refused(void **state)
{
    enum rule_id rule;
    struct problem problem;

    (void)state;
    assert_int_equal(explain_find("e5", &rule, &problem), 0);
    assert_int_equal(rule, RULE_E5);
    assert_int_equal(explain_find("E10", &rule, &problem), EXIT_USAGE);
    assert_string_equal(problem.what,
                        "--explain E10: there is no such rule, they are E1 to E9 and B1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_names_its_instruction_and_its_calls),
        cmocka_unit_test(the_json_has_what_the_text_says),
        cmocka_unit_test(what_is_well_takes_few_lines),
        cmocka_unit_test(options_change_what_is_shown),
        cmocka_unit_test(the_exit_code_is_of_errors_and_of_what_was_asked),
        cmocka_unit_test(a_program_without_an_entry_is_told_what_was_looked_for),
        cmocka_unit_test(a_name_cannot_move_the_cursor),
        cmocka_unit_test(each_rule_is_explained),
        cmocka_unit_test(an_unknown_rule_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
