// rule_bench.h: entries into a ROM that a test puts together, and what a rule says of them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_CHECK_RULE_BENCH_H
#define BOOTLEAP_TESTS_CHECK_RULE_BENCH_H

#include "findings.h"
#include "rule.h"

typedef int rule_function(const struct rule_view *view, struct findings *findings,
                          struct problem *problem);

enum { BENCH_EVENTS = 16 };

// An entry as a walk would give it, on one row.
struct rule_bench {
    struct firmware firmware;
    struct walk walk;
    struct rom_entry entry;
    struct rule_view view;
    struct event events[BENCH_EVENTS];
    unsigned event_count;
    struct findings findings;
};

// After a reset, with all registers as a reset leaves them, and a right jump: word 1 of the ROM's
// table, with word 0 in MSP.
void bench_from_reset(struct rule_bench *bench, const char *slug);

// In an application: the same jump, and everything else as it was found.
void bench_from_application(struct rule_bench *bench, const char *slug);

void bench_close(struct rule_bench *bench);

// What happens next: an event with this kind, address and value, at `pc`.
void bench_event(struct rule_bench *bench, enum event_kind kind, uint32_t pc, uint32_t address,
                 struct value value);

// A store to a register of a peripheral: an event, and what the register then holds.
void bench_store(struct rule_bench *bench, uint32_t address, struct value value);

// What the rule says about this question; fails the test if it says nothing. It is valid until the
// next call.
const struct finding *bench_ask(struct rule_bench *bench, rule_function *rule, const char *about);

// The same, and fails the test where verdict and severity differ.
void bench_expect(struct rule_bench *bench, rule_function *rule, const char *about,
                  enum verdict verdict, enum severity severity);

// Fails the test unless the last answer's text has this in it.
void bench_expect_text(const struct rule_bench *bench, const char *about, const char *part);

// Fails the test if the rule has something to say about this question.
void bench_expect_nothing(struct rule_bench *bench, rule_function *rule, const char *about);

#endif
