// request_bench.c: a request over a reset that a test puts together: store, reset, start-up, check.
// SPDX-License-Identifier: MIT
#include "request_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { CHECK_PC = 0x08000180, STORE_PC = 0x08000300, RESET_PC = 0x08000340, REQUEST = 0xCAFE };

void request_bench_open(struct request_bench *bench, const char *slug)
{
    struct rule_bench *rule = &bench->rule;

    memset(bench, 0, sizeof *bench);
    bench_from_reset(rule, slug);
    memory_open(&bench->site.memory);
    bench->site.pc = RESET_PC;
    bench->site.origin = ORIGIN_APPLICATION;
    rule->walk.entries = &rule->entry;
    rule->walk.entry_count = 1;
    rule->walk.resets = &bench->site;
    rule->walk.reset_count = 1;
    rule->walk.reset_finished = rule->walk.application_finished = true;
    walk_chip_of(rule->view.device, &rule->walk.chip);
    rule->view.start_up = &bench->start_up;
    bench->start_up.walk = &rule->walk;
    bench->region = (struct code_region){.address = rule->view.device->flash.start,
                                         .load_address = rule->view.device->flash.start,
                                         .size = BENCH_CODE,
                                         .bytes = bench->code,
                                         .executable = true};
    rule->firmware.map = (struct code_map){&bench->region, 1};
    rule->firmware.path = "app.elf";
    rule->firmware.has_vectors = true;
    rule->firmware.vectors = rule->view.device->flash.start;
    const struct region *ram = &rule->view.device->rams->region;
    rule->firmware.initial_sp = ram->start + ram->size;
}

void request_bench_close(struct request_bench *bench)
{
    memory_close(&bench->site.memory);
    bench_close(&bench->rule);
}

void request_bench_check(struct request_bench *bench, uint32_t address, uint32_t value)
{
    bench_event(&bench->rule, EVENT_CHECK, CHECK_PC, address, value_number(value));
    bench->rule.events[bench->rule.event_count - 1].is_equal = true;
}

struct start_up_word *request_bench_read(struct request_bench *bench, uint32_t address)
{
    struct start_up_word *word = &bench->start_up.words[bench->start_up.count++];

    *word = (struct start_up_word){.address = address, .kept = 1, .sp = UINT32_MAX};
    return word;
}

void request_bench_store(struct request_bench *bench, uint32_t address, uint32_t value)
{
    struct word word = {.value = value_number(value),
                        .pc = STORE_PC + 4 * bench->site_event_count,
                        .number = bench->site_event_count};

    assert_true(memory_put(&bench->site.memory, address, &word));
}

void request_bench_register(struct request_bench *bench, uint32_t address, struct value value)
{
    struct event *event = &bench->site_events[bench->site_event_count];

    assert_true(bench->site_event_count < BENCH_EVENTS);
    *event = (struct event){.before = bench->site.events,
                            .number = ++bench->site_event_count,
                            .kind = EVENT_STORE,
                            .pc = STORE_PC,
                            .address = address,
                            .value = value};
    bench->site.events = event;
}

struct start_up_word *request_bench_request(struct request_bench *bench, uint32_t address)
{
    request_bench_store(bench, address, REQUEST);
    request_bench_check(bench, address, REQUEST);
    return request_bench_read(bench, address);
}

void request_bench_code(struct request_bench *bench, uint32_t offset, const uint32_t *words,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (unsigned byte = 0; byte < 4; byte++) {
            assert_true(offset < BENCH_CODE);
            bench->code[offset++] = (uint8_t)(words[i] >> 8 * byte);
        }
    }
}

void request_bench_bootleap(struct request_bench *bench, uint32_t mark, uint32_t rom)
{
    const uint32_t words[] = {BOOTLEAP_MARK_WORD, mark,   0xE000ED94, 0x05FA0004,
                              0x40003000,         0xAAAA, rom};

    request_bench_code(bench, 0x10, words, sizeof words / sizeof *words);
    bench->start_up.bootleap = bootleap_image_find(&bench->rule.firmware);
}

void request_bench_expect_program(struct request_bench *bench, rule_function *rule,
                                  const char *about, enum verdict verdict, enum severity severity)
{
    bench->rule.view.entry = NULL;
    bench_expect(&bench->rule, rule, about, verdict, severity);
    bench->rule.view.entry = &bench->rule.entry;
}
