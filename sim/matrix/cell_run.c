// cell_run.c: runs one cell of the matrix and judges it.
// SPDX-License-Identifier: MIT
#include "cell.h"

#include "cell_line.h"
#include "run.h"
#include "run_setup.h"
#include "verdict.h"
#include "words.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 32 };

// Instructions, where the scenario says nothing: a cell that does not arrive by then never does.
#define CELL_LIMIT "200000"

// "%d" in a text of the scenario's table, which is a constant: the only one that takes a number.
static void put_number(char text[CELL_COMMAND], const char *pattern, int number)
{
    const char *place = strstr(pattern, "%d"), *sign = strstr(pattern, "%+d");

    if (sign) {
        snprintf(text, CELL_COMMAND, "%.*s%+d%s", (int)(sign - pattern), pattern, number, sign + 3);
    } else if (place) {
        snprintf(text, CELL_COMMAND, "%.*s%d%s", (int)(place - pattern), pattern, number,
                 place + 2);
    } else {
        snprintf(text, CELL_COMMAND, "%s", pattern);
    }
}

void cell_name(const struct cell *cell, char name[CELL_COMMAND])
{
    put_number(name, cell->scenario->name ? cell->scenario->name : cell->scenario->id,
               cell->number);
}

void cell_command(const struct cell *cell, char command[CELL_COMMAND])
{
    const struct matrix_scenario *scenario = cell->scenario;
    const char *state = scenario->state ? state_name(scenario->state) : NULL;
    const char *refusal =
        scenario->group == GROUP_OPTIONS ? words_option_refusal(scenario->refusal) : NULL;
    char options[CELL_COMMAND];

    put_number(options, scenario->options, cell->number);
    const char *limit = strstr(options, "--limit ") ? "" : " --limit " CELL_LIMIT;
    if (snprintf(command, CELL_COMMAND, "bootleap-sim run %s --device %s %s%s%s%s%s%s --seed %u",
                 cell->elf, cell->device->slug, options, limit, state ? " --state " : "",
                 state ? state : "", refusal ? " --option " : "", refusal ? refusal : "",
                 cell->seed) >= CELL_COMMAND) {
        command[0] = '\0';
    }
}

static void fail(struct cell_result *result, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fail(struct cell_result *result, const char *format, ...)
{
    va_list arguments;

    result->end = CELL_FAILED;
    va_start(arguments, format);
    vsnprintf(result->why, sizeof result->why, format, arguments);
    va_end(arguments);
}

static const char *origin_name(uint32_t origin)
{
    static const char *const names[] = {"FROM_RESET", "FROM_ROM", "LEFT_ROM", "ROM_GAVE_UP"};

    return origin < sizeof names / sizeof names[0] ? names[origin] : "no origin at all";
}

// The contract, the way back, why the application runs.
static void judge_arrival(const struct run *run, const struct expected *expected,
                          struct cell_result *result)
{
    bool detour = run->scenario->direct && !run->went_directly && !expected->may_fall_back_to_reset;
    bool foreign = run->scenario->foreign_jump; // what others do is not judged
    size_t handoffs = json_array_size(run->journal.handoffs);

    result->end = expected->end == EXPECTED_ENTERS ? CELL_ENTERED : CELL_RAN;
    if (run->broken[0] && !foreign) {
        fail(result, "%s", run->broken);
    } else if ((expected->end == EXPECTED_ENTERS || foreign) != (handoffs > 0)) {
        fail(result, "%zu handoffs", handoffs);
    } else if (expected->end == EXPECTED_ENTERS && detour) {
        fail(result, "it went through a reset");
    } else if (run->returned && !foreign) {
        fail(result, "the ROM went back to flash %u times", run->returned);
    } else if (run->scenario->plain_jump && !run->returned) {
        fail(result, "the ROM did not go back to flash");
    } else if (run->ran_from_go) {
        fail(result, "R1: the application runs straight from the ROM");
    } else if (run->watcher.quiet_broken) {
        fail(result, "R3: something was written although nothing was pending");
    } else if (run->most_handoffs > RUN_MOST_HANDOFFS) {
        fail(result, "R2: %u handoffs for one request", run->most_handoffs);
    } else if (run->watcher.origin != expected->origin) {
        fail(result, "the origin is %s, expected %s", origin_name(run->watcher.origin),
             origin_name(expected->origin));
    }
}

// A reset came somewhere on the way: nothing may be lost but the request, and that not to a
// software reset, which looks like the library's own, before the handoff has begun (from then on
// it looks like a host's, and only a debugger can make it). Power takes the request with it, so the
// ROM is not entered after that.
static void judge_settling(const struct run *run, struct cell_result *result)
{
    enum reset_kind kind = run->scenario->reset;
    size_t handoffs = json_array_size(run->journal.handoffs);

    result->end = handoffs ? CELL_ENTERED : CELL_RAN;
    if (run->broken[0]) {
        fail(result, "%s", run->broken);
    } else if (run->ran_from_go) {
        fail(result, "R1: the application runs straight from the ROM");
    } else if (run->most_handoffs > RUN_MOST_HANDOFFS) {
        fail(result, "R2: %u handoffs for one request", run->most_handoffs);
    } else if (run->resets > RUN_MOST_RESETS) {
        fail(result, "%u resets until the application ran", run->resets);
    } else if (kind == RESET_POWER_ON && run->handoffs_after) {
        fail(result, "the ROM was entered after power had gone");
    } else if (run->scenario->direct && run->handoffs_after && !run->watcher.marked) {
        fail(result, "the ROM was entered after a reset, without a mark");
    } else if (kind == RESET_SOFTWARE && handoffs == 0 && run->watcher.request_pending) {
        fail(result, "the request was lost to a software reset");
    }
}

// Whether a register of which nothing is known was accessed, other than by the states that do so
// and by the steps of the row.
static bool accessed_unmodelled(const struct run *run)
{
    const struct unmodelled *unmodelled = &run->chip.unmodelled;

    for (size_t i = 0; i < unmodelled->count; i++) {
        const struct jump_step *step = run->chip.device->jump.steps;
        while (step->name && step->address != unmodelled->list[i].address) {
            step++;
        }
        if (!step->name && !unmodelled->list[i].has_bits) {
            return run->scenario->state != STATE_PERIPHERALS &&
                   run->scenario->state != STATE_SETTINGS;
        }
    }
    return false;
}

static void judge(const struct run *run, const struct expected *expected,
                  struct cell_result *result)
{
    result->instructions = run->chip.core.instructions;
    result->entry_instructions = run->entry_instructions;
    result->unmodelled = accessed_unmodelled(run);
    if (run->end == RUN_REFUSED) {
        result->end = CELL_REFUSED;
        result->refusal = run->watcher.refusal;
        if (expected->end != EXPECTED_REFUSES || run->watcher.refusal >= 0) {
            fail(result, "refused with %d", (int)run->watcher.refusal);
        } else if (run->watcher.call_bytes) {
            fail(result, "refused, but %u bytes of RAM were written", run->watcher.call_bytes);
        }
    } else if (run->end != RUN_ARRIVED) {
        fail(result, "%s: %s", verdict_end_name(run->end),
             run->broken[0] ? run->broken : run->detail);
    } else if (expected->end == EXPECTED_SETTLES) {
        judge_settling(run, result);
    } else if (expected->end == EXPECTED_REFUSES) {
        fail(result, "entered, although it had to refuse");
    } else {
        judge_arrival(run, expected, result);
    }
}

static int parse(struct scenario *scenario, char *command, struct problem *problem)
{
    char *arguments[MOST_ARGUMENTS], *rest;
    int count = 0;

    for (char *word = strtok_r(command, " ", &rest); word && count < MOST_ARGUMENTS - 1;
         word = strtok_r(NULL, " ", &rest)) {
        arguments[count++] = word;
    }
    arguments[count] = NULL;
    return scenario_parse(scenario, count - 1, arguments + 1, problem); // `run` is the first
}

static int open_cell(const struct cell *cell, struct scenario *scenario, char *command,
                     struct run *run, struct problem *problem)
{
    static const volatile sig_atomic_t never;
    int error;

    cell_command(cell, command);
    error = parse(scenario, command, problem);
    scenario->spare = cell->spare;
    scenario->by_instruction = true; // a cell is over before a second engine is worth its making
    scenario->sees_no_standstill = true; // and one that does not arrive fails anyway
    return error ? error : run_open(run, scenario, &never, problem);
}

bool cell_choose_resets(const struct cell *cell, bool *chosen, size_t size)
{
    struct cell whole = *cell;
    char command[CELL_COMMAND];
    struct scenario scenario;
    struct run run;
    struct problem problem;

    whole.number = INT_MAX; // a reset that never comes
    if (open_cell(&whole, &scenario, command, &run, &problem)) {
        return false;
    }
    run.watcher.visits = calloc(WATCHER_VISITS, sizeof *run.watcher.visits);
    run.watcher.wanted = run.watcher.visits ? chosen : NULL;
    run.watcher.wanted_size = size;
    int error = run_scenario(&run, &problem);
    free(run.watcher.visits);
    run_close(&run);
    return !error;
}

void cell_run(const struct cell *cell, const struct cell_lines *lines, struct cell_result *result)
{
    struct expected expected =
        cell->path == PATH_DIRECT ? expected_directly(cell) : expected_through_reset(cell);
    char command[CELL_COMMAND];
    struct scenario scenario;
    struct run run;
    struct problem problem;
    int error;

    *result = (struct cell_result){.end = CELL_NOT_RUN};
    if (expected.end == EXPECTED_NOT_RUN) {
        return;
    }
    error = open_cell(cell, &scenario, command, &run, &problem);
    if (error) {
        fail(result, "%s", problem.what);
        if (lines) {
            cell_line_write(lines, cell, result, NULL);
        }
        return;
    }
    error = run_scenario(&run, &problem);
    if (error) {
        fail(result, "%s", problem.what);
    } else if (scenario.rom_interrupt && run.watcher.interrupt_at != UINT64_MAX) {
        result->end = CELL_NOT_RUN; // the reset came before the interrupt could
    } else if (scenario.reset_at && !run.watcher.reset_made) {
        result->end = CELL_NOT_RUN; // the application was back before
    } else {
        judge(&run, &expected, result);
    }
    if (lines && result->end != CELL_NOT_RUN) {
        cell_line_write(lines, cell, result, &run);
    }
    run_close(&run);
}
