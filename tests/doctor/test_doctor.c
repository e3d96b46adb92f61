// test_doctor.c: makes circumstances in which a board does not work, and asks the doctor.
// SPDX-License-Identifier: MIT
#include "cases.h"
#include "chip.h"
#include "doctor.h"
#include "fake_usb.h"
#include "root.h"
#include "rules.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LEAST_FAILURES = 50, LEAST_HEALTHY = 10, TEXT_BYTES = 4 * FINDING_BYTES };

// "g0b1", "l47@90" (version of its ROM), "g0b1+swapped".
static struct second_rom *make_rom(const char *text)
{
    static const uint8_t commands[] = {0x00, 0x01, 0x02, 0x11, 0x21, 0x31, 0x44};
    const struct second_rom_config nobody = {.protocol_version = 0x31,
                                             .product = 0x999,
                                             .commands = commands,
                                             .command_count = sizeof commands,
                                             .byte_us = 95,
                                             .program_bytes = 8};
    char slug[32];
    const char *at = strchr(text, '@'), *plus = strchr(text, '+');

    if (strcmp(text, "product=999") == 0) {
        return second_rom_new(&nobody);
    }
    snprintf(slug, sizeof slug, "%.*s", (int)strcspn(text, "@+"), text);
    const struct chip_kind kind = {.device = device_find(slug),
                                   .version = at ? (uint16_t)strtoul(at + 1, NULL, 16) : 0,
                                   .level_1 = plus && strcmp(plus, "+level1") == 0,
                                   .swapped = plus && strcmp(plus, "+swapped") == 0,
                                   .protected_pages = plus && strcmp(plus, "+pages") == 0};
    assert_non_null(kind.device);
    struct second_rom *rom = chip_new(&kind);
    if (plus && strcmp(plus, "+closed") == 0) {
        second_rom_set_readout_protection(rom, 1);
    }
    return rom;
}

// Brings the ROM to where another program has left it.
static void begin_with(struct second_rom *rom)
{
    static const uint8_t bytes[] = {0x7F, 0x7F};
    size_t count = wire.end == END_ROM_PARKED ? 2 : wire.end == END_ROM_READY ? 1 : 0;
    struct second_rom_answer answer;

    for (size_t i = 0; i < count; i++) {
        second_rom_byte(rom, bytes[i], 1000 * (i + 1));
    }
    while (second_rom_next(rom, &answer)) {
        second_rom_take(rom);
    }
}

static void look(const struct doctor_case *one, const char *root, struct observations *seen)
{
    const char *port = one->port ? one->port : "/dev/ttyUSB0";
    const struct doctor_settings settings = {
        .root = root,
        .port = port,
        .device = one->device ? device_find(one->device) : NULL,
        .baud = one->baud ? one->baud : 115200,
        .passive = one->passive,
    };
    struct problem problem;

    assert_true(one->device == NULL || settings.device != NULL);
    assert_int_equal(doctor_look(seen, &settings, &problem), 0);
    for (int i = 0; i < CASE_SIGNS && one->signs[i]; i++) {
        *seen = i ? *seen : (struct observations){.signs = {false}};
        seen->signs[one->signs[i]] = true;
    }
}

// The folder that stands for the computer of the last case: many have the same files.
struct computer {
    char root[ROOT_BYTES];
    const struct doctor_case *of; // NULL: there is none
};

static void computer_remove(struct computer *computer)
{
    if (computer->of) {
        root_remove(computer->root);
    }
    computer->of = NULL;
}

static void computer_make(struct computer *computer, const struct doctor_case *one)
{
    if (computer->of && memcmp(computer->of->files, one->files, sizeof one->files) == 0) {
        return;
    }
    computer_remove(computer);
    root_make(computer->root);
    computer->of = one;
    for (int i = 0; i < CASE_FILES && one->files[i]; i++) {
        for (const char *const *line = one->files[i]; *line; line++) {
            root_add(computer->root, *line);
        }
    }
}

// Makes the circumstances, looks, and says how many causes were found.
static size_t find(const struct doctor_case *one, struct computer *computer,
                   struct finding findings[FINDINGS])
{
    struct observations seen;

    computer_make(computer, one);
    wire_reset();
    fake_usb_reset();
    fake.absent = true;
    if (one->set) {
        one->set();
    }
    wire.rom = one->rom ? make_rom(one->rom) : NULL;
    if (wire.rom) {
        begin_with(wire.rom);
    }
    look(one, computer->root, &seen);
    if (wire.rom) {
        second_rom_free(wire.rom);
    }
    return diagnose(&seen, findings);
}

// Whether this is the answer: the cause in its place, its texts whole, the evidence as it should
// be.
static bool is_right(const struct doctor_case *one, const struct finding *findings, size_t count)
{
    char text[TEXT_BYTES];

    if (count > 1 && !one->among && !one->more) {
        return false;
    }
    for (size_t i = 0; i < (one->among ? count : count > 0); i++) {
        const struct finding *finding = &findings[i];
        snprintf(text, sizeof text, "%s\n%s\n%s\n%s", finding->evidence, finding->command,
                 finding->cause, finding->cure);
        if (strcmp(finding->rule->id, one->cause) == 0) {
            return strchr(text, '{') == NULL && (!one->seen || strstr(text, one->seen));
        }
    }
    return false;
}

// How many are answered wrong, each of which is told.
static size_t count_wrong(const struct doctor_case *cases, size_t *asked)
{
    struct finding findings[FINDINGS];
    struct computer computer = {.of = NULL};
    size_t wrong = 0;

    for (; cases->name; cases++, ++*asked) {
        size_t count = find(cases, &computer, findings);
        if (cases->cause ? is_right(cases, findings, count) : count == 0) {
            continue;
        }
        wrong++;
        print_error("%s: wanted %s (%s)\n", cases->name, cases->cause ? cases->cause : "nothing",
                    cases->seen ? cases->seen : "any");
        for (size_t i = 0; i < count; i++) {
            print_error("    %s: %s | %s | %s\n", findings[i].rule->id, findings[i].cause,
                        findings[i].evidence, findings[i].command);
        }
    }
    computer_remove(&computer);
    return wrong;
}

static void each_failure_gets_its_cause(void **state)
{
    const struct doctor_case *const tables[] = {cases_of_port, cases_of_line, cases_of_rom,
                                                cases_of_usb};
    size_t wrong = 0, asked = 0;

    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        wrong += count_wrong(tables[i], &asked);
    }
    print_message("%zu failures, %zu right answers\n", asked, asked - wrong);
    assert_int_equal(wrong, 0);
    assert_true(asked >= LEAST_FAILURES);
}

static void what_is_healthy_gets_none(void **state)
{
    size_t asked = 0;

    (void)state;
    assert_int_equal(count_wrong(cases_of_health, &asked), 0);
    print_message("%zu healthy, no cause\n", asked);
    assert_true(asked >= LEAST_HEALTHY);
}

static bool has_case(const char *id)
{
    const struct doctor_case *const tables[] = {cases_of_port, cases_of_line, cases_of_rom,
                                                cases_of_usb};

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const struct doctor_case *one = tables[i]; one->name; one++) {
            if (strcmp(one->cause, id) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void each_rule_is_asked_for_and_whole(void **state)
{
    const struct rule *rule, *before = NULL;

    (void)state;
    for (unsigned i = 0; (rule = rules_at(i)) != NULL; i++) {
        if (!has_case(rule->id)) {
            print_error("no case has the cause %s\n", rule->id);
        }
        assert_true(has_case(rule->id));
        assert_true(rule->needs[0] != SIGN_NONE);
        assert_true(rule->cause[0] && rule->evidence[0] && rule->cure[0] && rule->command[0]);
        assert_true(before == NULL || before->stage <= rule->stage);
        before = rule;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failure_gets_its_cause),
        cmocka_unit_test(what_is_healthy_gets_none),
        cmocka_unit_test(each_rule_is_asked_for_and_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
