// check.c: walks a program for each chip that it can be meant for, and asks all rules.
// SPDX-License-Identifier: MIT
#include "check.h"

#include "check_merge.h"
#include "check_rows.h"
#include "check_ways.h"
#include "chip_line.h"
#include "rule.h"
#include "start_up.h"
#include "walk_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Which walk each row uses, and what start-up code does on each walk.
struct job {
    struct check *check;
    size_t *walk_of_row;
    struct start_up *start_ups;
    bool writes_control;
};

typedef int rule_function(const struct rule_view *view, struct findings *findings,
                          struct problem *problem);

// Of an entry; and of the program.
static rule_function *const entry_rules[] = {
    rule_target,     rule_stack,   rule_control, rule_masks,   rule_vectors,
    rule_interrupts, rule_pending, rule_handler, rule_request, rule_cache,
};
static rule_function *const program_rules[] = {rule_request, rule_after_go, rule_bootleap};

enum {
    ENTRY_RULES = sizeof entry_rules / sizeof entry_rules[0],
    PROGRAM_RULES = sizeof program_rules / sizeof program_rules[0],
};

// The walk of a chip like this; else it is made.
static int walk_for(struct job *job, size_t row, struct problem *problem)
{
    struct check *check = job->check;
    struct walk_chip chip;

    walk_chip_of(check->rows[row], &chip);
    for (size_t i = 0; i < check->walk_count; i++) {
        if (walk_chip_equal(&check->walks[i].chip, &chip)) {
            job->walk_of_row[row] = i;
            return 0;
        }
    }
    int error =
        walk_run(&check->walks[check->walk_count], check->firmware, &chip, &check->effort, problem);
    if (!error) {
        job->walk_of_row[row] = check->walk_count++;
    }
    return error;
}

static int walk_all(struct job *job, struct problem *problem)
{
    struct check *check = job->check;
    int error = 0;

    check->walks = calloc(check->row_count, sizeof *check->walks);
    job->walk_of_row = calloc(check->row_count, sizeof *job->walk_of_row);
    if (!check->walks || !job->walk_of_row) {
        return problem_no_memory(problem, "%s", check->firmware->path);
    }
    for (size_t row = 0; !error && row < check->row_count; row++) {
        error = walk_for(job, row, problem);
    }
    return error;
}

static int look_at_start_up(struct job *job, struct problem *problem)
{
    const struct check *check = job->check;
    int error = 0;

    job->start_ups = calloc(check->walk_count, sizeof *job->start_ups);
    if (!job->start_ups) {
        return problem_no_memory(problem, "%s", check->firmware->path);
    }
    for (size_t i = 0; !error && i < check->walk_count; i++) {
        error = start_up_run(&job->start_ups[i], &check->walks[i], problem);
    }
    return error;
}

// What the rules say of this way, or of the program, on this row.
static int ask(rule_function *const *rules, size_t count, const struct rule_view *view,
               struct questions *questions, struct problem *problem)
{
    struct findings findings = {.items = NULL};
    int error = 0;

    for (size_t i = 0; !error && i < count; i++) {
        error = rules[i](view, &findings, problem);
    }
    for (size_t i = 0; !error && i < findings.count; i++) {
        error = check_merge_add(questions, view, &findings.items[i], problem);
    }
    findings_close(&findings);
    return error;
}

// Whether the walk has come to its end that found the entry; that from the reset says of the
// program.
static bool is_finished(const struct walk *walk, const struct rom_entry *entry)
{
    return entry ? entry->finished : walk->reset_finished;
}

// `entry` NULL: the program.
static struct rule_view view_of(const struct job *job, size_t row, const struct rom_entry *entry)
{
    size_t number = job->walk_of_row[row];
    const struct walk *walk = &job->check->walks[number];

    return (struct rule_view){.device = job->check->rows[row],
                              .firmware = walk->firmware,
                              .walk = walk,
                              .entry = entry,
                              .finished = is_finished(walk, entry),
                              .writes_control = job->writes_control,
                              .start_up = &job->start_ups[number]};
}

static bool is_same(const struct checked_entry *checked, const struct rom_entry *entry)
{
    return checked->pc == entry->pc && checked->origin == entry->origin;
}

static bool counts(const struct walk *walk, const struct rom_entry *entry,
                   const struct checked_entry *checked)
{
    return is_same(checked, entry) && !check_way_is_covered(walk, entry);
}

// All ways to this branch on this row: but for those of other chips, if there is a way of its own
// to this branch or to another one.
static int ask_on_row(const struct job *job, size_t row, struct checked_entry *checked,
                      struct questions *questions, struct problem *problem)
{
    const struct device *device = job->check->rows[row];
    const struct walk *walk = &job->check->walks[job->walk_of_row[row]];
    bool own_alone = check_ways_are_own(walk, device);
    int error = 0;

    for (size_t i = 0; !error && i < walk->entry_count; i++) {
        const struct rom_entry *entry = &walk->entries[i];
        if (counts(walk, entry, checked) &&
            !(own_alone && check_way_is_for_another(device, entry))) {
            struct rule_view view = view_of(job, row, entry);
            checked->finished &= view.finished;
            error = ask(entry_rules, ENTRY_RULES, &view, questions, problem);
        }
    }
    return error;
}

static int judge_entry(const struct job *job, struct checked_entry *checked,
                       struct problem *problem)
{
    struct questions questions = {.items = NULL};
    int error = 0;

    for (size_t row = 0; !error && row < job->check->row_count; row++) {
        error = ask_on_row(job, row, checked, &questions, problem);
    }
    if (!error) {
        error = check_merge_end(&questions, job->check->firmware, &checked->findings, problem);
    }
    check_merge_close(&questions);
    check_points(&checked->findings, checked->points);
    return error;
}

static bool is_known(const struct check *check, const struct rom_entry *entry)
{
    for (size_t i = 0; i < check->entry_count; i++) {
        if (is_same(&check->entries[i], entry)) {
            return true;
        }
    }
    return false;
}

static int add_entry(const struct job *job, const struct walk *walk, const struct rom_entry *entry,
                     struct problem *problem)
{
    struct check *check = job->check;
    struct checked_entry *entries =
        realloc(check->entries, (check->entry_count + 1) * sizeof *entries);

    if (!entries) {
        return problem_no_memory(problem, "%s", check->firmware->path);
    }
    check->entries = entries;
    struct checked_entry *checked = &entries[check->entry_count++];
    *checked = (struct checked_entry){.pc = entry->pc,
                                      .origin = entry->origin,
                                      .root = entry->root,
                                      .finished = true,
                                      .frames = entry->frames};
    int error = judge_entry(job, checked, problem);

    if (!error && check_way_is_seen_better(walk, entry)) {
        findings_keep_broken(&checked->findings);
    }
    checked->says_nothing = checked->findings.count == 0; // it is there for other chips, too
    return error;
}

static void drop_what_says_nothing(struct check *check)
{
    size_t kept = 0;

    for (size_t i = 0; i < check->entry_count; i++) {
        struct checked_entry *entry = &check->entries[i];
        if (entry->says_nothing) {
            findings_close(&entry->findings);
        } else {
            check->entries[kept++] = *entry;
        }
    }
    check->entry_count = kept;
}

static int judge_all(const struct job *job, struct problem *problem)
{
    struct check *check = job->check;

    for (size_t i = 0; i < check->walk_count; i++) {
        const struct walk *walk = &check->walks[i];
        for (size_t k = 0; k < walk->entry_count; k++) {
            const struct rom_entry *entry = &walk->entries[k];
            bool is_new = !is_known(check, entry) && !check_way_is_covered(walk, entry);
            int error = is_new ? add_entry(job, walk, entry, problem) : 0;
            if (error) {
                return error;
            }
        }
    }
    drop_what_says_nothing(check);
    return 0;
}

static int judge_program(const struct job *job, struct problem *problem)
{
    struct check *check = job->check;
    struct questions questions = {.items = NULL};
    int error = 0;

    for (size_t row = 0; !error && row < check->row_count; row++) {
        struct rule_view view = view_of(job, row, NULL);
        error = ask(program_rules, PROGRAM_RULES, &view, &questions, problem);
    }
    if (!error) {
        error = check_merge_end(&questions, check->firmware, &check->findings, problem);
    }
    check_merge_close(&questions);
    return error;
}

// Only what is so on all rows.
static void say_chip(const struct job *job)
{
    struct check *check = job->check;
    char line[CHIP_LINE];

    for (size_t row = 0; row < check->row_count; row++) {
        chip_line(check->rows[row], &check->walks[job->walk_of_row[row]], line);
        if (row == 0) {
            snprintf(check->chip, sizeof check->chip, "%s", line);
        } else if (strcmp(check->chip, line) != 0) {
            check->chip[0] = '\0';
            return;
        }
    }
}

static void count_findings(struct check *check, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        check->counts[findings->items[i].severity]++;
    }
}

static int run_job(struct job *job, struct problem *problem)
{
    struct check *check = job->check;
    int error = walk_all(job, problem);

    if (!error) {
        error = look_at_start_up(job, problem);
    }
    if (!error) {
        error = judge_all(job, problem);
    }
    if (!error) {
        error = judge_program(job, problem);
    }
    if (error) {
        return error;
    }
    say_chip(job);
    for (size_t i = 0; i < check->entry_count; i++) {
        count_findings(check, &check->entries[i].findings);
    }
    count_findings(check, &check->findings);
    return 0;
}

int check_run(struct check *check, const struct firmware *firmware, const struct device *device,
              struct problem *problem)
{
    const struct effort effort = {.steps = EFFORT_STEPS, .bytes = EFFORT_BYTES};

    return check_run_within(check, firmware, device, &effort, problem);
}

int check_run_within(struct check *check, const struct firmware *firmware,
                     const struct device *device, const struct effort *effort,
                     struct problem *problem)
{
    struct job job = {.check = check, .writes_control = walk_writes_control(firmware)};
    int error;

    *check = (struct check){.firmware = firmware, .effort = *effort};
    error = check_rows(firmware, device, &check->rows, &check->row_count, problem);
    if (error) {
        return error;
    }
    error = run_job(&job, problem);
    free(job.walk_of_row);
    free(job.start_ups);
    if (error) {
        check_close(check);
    }
    return error;
}

void check_close(struct check *check)
{
    for (size_t i = 0; i < check->entry_count; i++) {
        findings_close(&check->entries[i].findings);
    }
    for (size_t i = 0; i < check->walk_count; i++) {
        walk_close(&check->walks[i]);
    }
    findings_close(&check->findings);
    free(check->entries);
    free(check->walks);
    free(check->rows);
    *check = (struct check){.rows = NULL};
}
