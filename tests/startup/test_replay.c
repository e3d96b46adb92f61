// test_replay.c: the start-up of each series gets to its end, and not without what it waits for.
// SPDX-License-Identifier: MIT
#include "run.h"
#include "run_setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// TRACES and PROGRAMS are folders; each SERIES.csv has its SERIES.elf.
enum {
    MOST_WAITS = 512,
    MOST_BITS = 4096,
    MOST_KNOWN = 4096,
    MOST_PERIPHERALS = 256,
    LIMIT = 10000000
};

static const char *const all_series[] = {
    "c0",   "f0", "f1", "f2", "f3", "f4", "f7", "g0", "g4", "h5",  "h7",
    "h7rs", "l0", "l1", "l4", "l5", "u0", "u3", "u5", "wb", "wba", "wl",
};
enum { SERIES = sizeof all_series / sizeof all_series[0] };

struct wait {
    uint32_t address, value, mask;
};

// One start-up: its chip, what it waits for, and how often it waits for an interrupt of a timer.
struct recording {
    const char *series;
    const struct device *device;
    struct wait waits[MOST_WAITS];
    size_t wait_count;
    unsigned interrupts;
    bool writes_alias; // of bits
};

static void read_line(struct recording *trace, char *line)
{
    unsigned bytes = 0, address = 0, value = 0, mask = 0, exception = 0;
    char slug[32];

    if (sscanf(line, "# a start-up of %31s", slug) == 1) {
        trace->device = device_find(slug);
    } else if (sscanf(line, "wait,%u,%x,%x,%x", &bytes, &address, &value, &mask) == 4) {
        assert_true(trace->wait_count < MOST_WAITS);
        trace->waits[trace->wait_count++] = (struct wait){address, value, mask};
    } else if (sscanf(line, "interrupt,,,%u,,%u", &value, &exception) == 2) {
        trace->interrupts += exception > 15; // not SysTick
    } else if (sscanf(line, "write,%u,%x", &bytes, &address) == 2) {
        trace->writes_alias |= address >> 25 == 0x42000000 >> 25;
    }
}

static void read_trace(struct recording *trace, const char *series)
{
    char path[512], line[256];
    FILE *file;

    *trace = (struct recording){.series = series};
    snprintf(path, sizeof path, "%s/%s.csv", TRACES, series);
    file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        read_line(trace, line);
    }
    fclose(file);
    assert_non_null(trace->device);
    assert_true(trace->wait_count > 0);
}

// Whether the program of this series gets to its end on this chip.
static bool arrives(const struct recording *trace, const struct device *device)
{
    static const volatile sig_atomic_t never = 0;
    static struct run run;
    char path[512];
    struct problem problem;
    struct scenario scenario = {.device = device,
                                .entry = "bootleap_enter",
                                .until = "done",
                                .on_reset = "bootleap_on_reset",
                                .host = ROM_HOST_END,
                                .limit = LIMIT};

    snprintf(path, sizeof path, "%s/%s.elf", PROGRAMS, trace->series);
    scenario.elf = path;
    if (run_open(&run, &scenario, &never, &problem) || run_scenario(&run, &problem)) {
        fail_msg("%s: %s", trace->series, problem.what);
    }
    bool arrived = run.end == RUN_ARRIVED;
    run_close(&run);
    return arrived;
}

static void each_series_gets_to_its_end(void **state)
{
    static struct recording trace;
    unsigned stuck = 0;
    (void)state;

    for (size_t i = 0; i < SERIES; i++) {
        read_trace(&trace, all_series[i]);
        if (!arrives(&trace, trace.device)) {
            print_error("%s does not get to its end\n", trace.series);
            stuck++;
        }
    }
    assert_int_equal(stuck, 0);
}

// Room for lists of a row that is changed.
struct lists {
    struct register_bits bits[MOST_BITS];
    struct register_known known[MOST_KNOWN];
};

// Those bits are 0 after a reset, as where nobody says anything of them.
static void forget_start(struct lists *lists, const struct register_bits *bits)
{
    for (struct register_known *known = lists->known; known->name; known++) {
        known->reset &= known->address == bits->address ? ~bits->mask : 0xFFFFFFFFu;
    }
}

// A row in which no bits behave in this way.
static struct device without(const struct device *device, enum bits_behaviour behaviour,
                             struct lists *lists)
{
    struct device row = *device;
    size_t count = 0, known = 0;

    do {
        assert_true(known < MOST_KNOWN);
        lists->known[known] = device->known_registers[known];
    } while (device->known_registers[known++].name);
    for (const struct register_bits *bits = device->register_bits; bits->name; bits++) {
        if (bits->behaviour == behaviour) {
            forget_start(lists, bits);
        } else {
            assert_true(count + 1 < MOST_BITS);
            lists->bits[count++] = *bits;
        }
    }
    lists->bits[count] = (struct register_bits){.name = NULL};
    row.register_bits = lists->bits;
    row.known_registers = lists->known;
    return row;
}

static uint32_t value_in(const struct register_reset *list, uint32_t address)
{
    for (; list->name; list++) {
        if (list->address == address) {
            return list->value;
        }
    }
    return 0;
}

// In other groups of the row.
static bool holds_after_reset(const struct device *device, const struct wait *wait)
{
    return (value_in(device->peripheral_resets, wait->address) |
            value_in(device->rcc_registers, wait->address)) &
           wait->mask;
}

// Whether the start-up waits for a 1 that only bits of this behaviour bring.
static bool relies_on(const struct recording *trace, enum bits_behaviour behaviour)
{
    for (size_t i = 0; i < trace->wait_count; i++) {
        const struct wait *wait = &trace->waits[i];
        const struct register_bits *bits = trace->device->register_bits;
        for (; bits->name; bits++) {
            if (bits->behaviour == behaviour && bits->address == wait->address &&
                bits->mask & wait->value && !holds_after_reset(trace->device, wait)) {
                return true;
            }
        }
    }
    return false;
}

static void without_a_behaviour_it_is_stuck(void **state)
{
    static const enum bits_behaviour behaviours[] = {BITS_ONE, BITS_FOLLOW};
    static struct lists lists;
    static struct recording trace;
    unsigned relying[sizeof behaviours / sizeof behaviours[0]] = {0};
    (void)state;

    for (size_t i = 0; i < SERIES; i++) {
        read_trace(&trace, all_series[i]);
        for (size_t k = 0; k < sizeof behaviours / sizeof behaviours[0]; k++) {
            struct device row = without(trace.device, behaviours[k], &lists);
            if (relies_on(&trace, behaviours[k])) {
                relying[k]++;
                if (arrives(&trace, &row)) {
                    fail_msg("%s needs no behaviour %d", trace.series, (int)behaviours[k]);
                }
            }
        }
    }
    for (size_t k = 0; k < sizeof relying / sizeof relying[0]; k++) {
        assert_true(relying[k] > 0);
    }
}

// Ready bits of the clock, which have a list of their own.
static void without_ready_bits_it_is_stuck(void **state)
{
    static const struct ready_bit none[] = {{.address = 0}};
    static struct recording trace;
    (void)state;

    for (size_t i = 0; i < SERIES; i++) {
        read_trace(&trace, all_series[i]);
        struct device row = *trace.device;
        row.ready_bits = none;
        if (arrives(&trace, &row)) {
            fail_msg("%s needs no ready bit", trace.series);
        }
    }
}

static void without_timers_it_is_stuck(void **state)
{
    static struct peripheral copy[MOST_PERIPHERALS];
    static struct recording trace;
    unsigned relying = 0;
    (void)state;

    for (size_t i = 0; i < SERIES; i++) {
        size_t count = 0;
        read_trace(&trace, all_series[i]);
        struct device row = *trace.device;
        for (const struct peripheral *one = row.peripherals; one->name; one++) {
            if (strncmp(one->name, "TIM", 3) != 0) {
                assert_true(count + 1 < MOST_PERIPHERALS);
                copy[count++] = *one;
            }
        }
        copy[count] = (struct peripheral){.name = NULL};
        row.peripherals = copy;
        relying += trace.interrupts > 0;
        if (trace.interrupts && arrives(&trace, &row)) {
            fail_msg("%s needs no timer", trace.series);
        }
    }
    assert_true(relying > 0);
}

static void without_bit_banding_it_is_stuck(void **state)
{
    static struct recording trace;
    unsigned relying = 0;
    (void)state;

    for (size_t i = 0; i < SERIES; i++) {
        read_trace(&trace, all_series[i]);
        struct device row = *trace.device;
        row.bit_band = false;
        bool relies = trace.device->bit_band && trace.writes_alias;
        relying += relies;
        if (relies && arrives(&trace, &row)) {
            fail_msg("%s needs no alias of bits", trace.series);
        }
    }
    assert_true(relying > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_series_gets_to_its_end),
        cmocka_unit_test(without_a_behaviour_it_is_stuck),
        cmocka_unit_test(without_ready_bits_it_is_stuck),
        cmocka_unit_test(without_timers_it_is_stuck),
        cmocka_unit_test(without_bit_banding_it_is_stuck),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
