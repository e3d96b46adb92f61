// rule_bench.c: entries into a ROM that a test puts together, and what a rule says of them.
// SPDX-License-Identifier: MIT
#include "rule_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BRANCH = 0x08000200, ROOT = 0x08000100 };

static void set_all(struct value *values, size_t count, struct value value)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = value;
    }
}

static void open(struct rule_bench *bench, const char *slug, enum entry_origin origin,
                 struct value found)
{
    const struct device *device = device_find(slug);
    struct core_state *core = &bench->entry.core;

    assert_non_null(device);
    memset(bench, 0, sizeof *bench);
    memory_open(&bench->entry.memory);
    bench->entry.pc = BRANCH;
    bench->entry.root = ROOT;
    bench->entry.origin = origin;
    bench->entry.stack = STACK_MAIN;
    bench->entry.target = value_from(SOURCE_ROM_WORD, device->rom_vector + 4, 0);
    core->msp = core->sp = value_from(SOURCE_ROM_WORD, device->rom_vector, 0);
    core->psp = core->control = core->primask = core->faultmask = core->basepri = found;
    core->msplim = core->psplim = core->remap = found;
    set_all(core->enabled, NVIC_WORDS, found);
    set_all(core->pending, NVIC_WORDS, found);
    bench->walk.firmware = &bench->firmware;
    bench->view = (struct rule_view){.device = device,
                                     .firmware = &bench->firmware,
                                     .walk = &bench->walk,
                                     .entry = &bench->entry,
                                     .finished = true};
}

void bench_from_reset(struct rule_bench *bench, const char *slug)
{
    open(bench, slug, ORIGIN_RESET, value_number(0));
}

void bench_from_application(struct rule_bench *bench, const char *slug)
{
    open(bench, slug, ORIGIN_APPLICATION, value_from(SOURCE_LEFT, 0, 0));
}

void bench_close(struct rule_bench *bench)
{
    memory_close(&bench->entry.memory);
    findings_close(&bench->findings);
}

void bench_event(struct rule_bench *bench, enum event_kind kind, uint32_t pc, uint32_t address,
                 struct value value)
{
    assert_true(bench->event_count < BENCH_EVENTS);
    struct event *event = &bench->events[bench->event_count];
    *event = (struct event){.before = bench->entry.events,
                            .number = ++bench->event_count,
                            .kind = kind,
                            .pc = pc,
                            .address = address,
                            .value = value};
    bench->entry.events = event;
}

void bench_store(struct rule_bench *bench, uint32_t address, struct value value)
{
    uint32_t pc = BRANCH - 0x20 + 2 * bench->event_count;
    struct word word = {.value = value, .pc = pc, .number = bench->event_count + 1};

    assert_true(memory_put(&bench->entry.memory, address, &word));
    bench_event(bench, EVENT_STORE, pc, address, value);
}

const struct finding *bench_ask(struct rule_bench *bench, rule_function *rule, const char *about)
{
    struct problem problem;

    bench->findings.count = 0;
    assert_int_equal(rule(&bench->view, &bench->findings, &problem), 0);
    for (size_t i = 0; i < bench->findings.count; i++) {
        if (strcmp(bench->findings.items[i].about, about) == 0) {
            return &bench->findings.items[i];
        }
    }
    fail_msg("nothing about %s", about);
    return NULL;
}

void bench_expect(struct rule_bench *bench, rule_function *rule, const char *about,
                  enum verdict verdict, enum severity severity)
{
    const struct finding *finding = bench_ask(bench, rule, about);

    if (finding->verdict != verdict || finding->severity != severity) {
        fail_msg("%s: %s (%s), not %s (%s): %s", about, verdict_name(finding->verdict),
                 severity_name(finding->severity), verdict_name(verdict), severity_name(severity),
                 finding->text);
    }
    assert_true(finding->text[0] != '\0');
    // Who reads of a fault, or of something unknown, reads what to do.
    bool fine = verdict == VERDICT_OK || verdict == VERDICT_LEFT;
    assert_true(fine || finding->fix[0] != '\0');
}

void bench_expect_text(const struct rule_bench *bench, const char *about, const char *part)
{
    for (size_t i = 0; i < bench->findings.count; i++) {
        const struct finding *finding = &bench->findings.items[i];
        if (strcmp(finding->about, about) == 0) {
            if (!strstr(finding->text, part)) {
                fail_msg("not about '%s': %s", part, finding->text);
            }
            return;
        }
    }
    fail_msg("nothing about %s", about);
}

void bench_expect_nothing(struct rule_bench *bench, rule_function *rule, const char *about)
{
    struct problem problem;

    bench->findings.count = 0;
    assert_int_equal(rule(&bench->view, &bench->findings, &problem), 0);
    for (size_t i = 0; i < bench->findings.count; i++) {
        assert_string_not_equal(bench->findings.items[i].about, about);
    }
}
