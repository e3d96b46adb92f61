// campaign.c: one verb with one disturbed byte: every byte, four faults, two directions.
// SPDX-License-Identifier: MIT
//
// usage: fault_campaign [OPTION...] [--all | ROW...]    stage.h has the options
// Each row gets a session for every byte position (or every Nth), fault and direction. Exit code 1
// when fewer than 99 % of them ended right, one ended wrong without a word or changed what is not
// the image's, a wait went on for more than 10 s without a line, or the command that was run again
// did not end right.
#include "session.h"
#include "stage.h"
#include "tally.h"

#include <string.h>

static const char *const kind_names[] = {"none", "drop", "corrupt", "duplicate", "delay"};
static const char *const direction_names[] = {"to the ROM", "to the host"};

enum { LEAST_PERCENT = 99, LONGEST_US = 10000000, NOISY_SESSIONS = 5000 };

// What a row's sessions came to.
struct sum {
    unsigned sessions[LINE_DIRECTIONS][FAULT_KINDS], right[LINE_DIRECTIONS][FAULT_KINDS];
    unsigned silent, outside, options, again, again_right, again_silent, resets;
    uint64_t longest_us, longest_session_us;
    struct line_fault longest_fault;
    struct tally messages, again_messages;
};

// Whether it ended as if all were right, and it is not.
static bool ended_silent(enum session_verb verb, const struct session_end *end)
{
    return !session_verb_is_right(verb, end) &&
           (end->code == EXIT_DONE || end->code == session_verb_good_code(verb));
}

static void run_again(struct bench *bench, enum session_verb verb, struct sum *sum)
{
    struct session_end end;

    if (second_rom_is_deaf(bench->rom)) { // nothing but a reset helps
        second_rom_power_on(bench->rom);
        sum->resets++;
    }
    session_verb_run(bench, verb, NULL, &end);
    sum->again++;
    if (session_verb_is_right(verb, &end)) {
        sum->again_right++;
    } else if (ended_silent(verb, &end)) {
        sum->again_silent++;
    } else {
        tally_add(&sum->again_messages, end.problem.what);
    }
}

static void note_longest(struct sum *sum, const struct line_fault *fault,
                         const struct line_record *line)
{
    if (line->longest_us > sum->longest_us) {
        sum->longest_us = line->longest_us;
        sum->longest_fault = *fault;
    }
    if (line->us > sum->longest_session_us) {
        sum->longest_session_us = line->us;
    }
}

static void run_one(const struct stage *stage, struct bench *bench, const struct line_fault *fault,
                    struct sum *sum)
{
    struct session_end end;

    session_verb_renew(bench, stage->verb);
    session_verb_run(bench, stage->verb, fault, &end);
    sum->sessions[fault->direction][fault->kind]++;
    note_longest(sum, fault, &end.line);
    if (session_verb_is_right(stage->verb, &end)) {
        sum->right[fault->direction][fault->kind]++;
    } else if (ended_silent(stage->verb, &end)) {
        sum->silent++;
        fprintf(stage->report, "  SILENT: %s at byte %u %s: %s, %s\n", kind_names[fault->kind],
                fault->at, direction_names[fault->direction], end.whole ? "whole" : "not the image",
                end.started ? "started" : "not started");
    } else {
        tally_add(&sum->messages, end.problem.what);
    }
    if (!session_verb_is_right(stage->verb, &end)) {
        run_again(bench, stage->verb, sum);
    }
    const struct second_rom_log *log = second_rom_log(bench->rom);
    if (log->outside) {
        fprintf(stage->report, "  ELSEWHERE: %s at byte %u %s: %u bytes\n", kind_names[fault->kind],
                fault->at, direction_names[fault->direction], log->outside);
    }
    sum->outside += log->outside;
    sum->options += log->option_writes + log->protections;
}

static void run_all(const struct stage *stage, struct bench *bench, const unsigned *bytes,
                    unsigned every, struct sum *sum)
{
    for (unsigned direction = 0; direction < LINE_DIRECTIONS; direction++) {
        for (unsigned kind = FAULT_DROP; kind < FAULT_KINDS; kind++) {
            for (unsigned at = kind % every; at < bytes[direction]; at += every) {
                const struct line_fault fault = {.kind = (enum fault_kind)kind,
                                                 .direction = (enum line_direction)direction,
                                                 .at = at,
                                                 .bit = at,
                                                 .late_us = stage->late_us};
                run_one(stage, bench, &fault, sum);
            }
        }
    }
}

static void run_noise(const struct stage *stage, struct bench *bench, struct sum *sum)
{
    for (unsigned i = 0; i < NOISY_SESSIONS; i += stage->every) {
        const struct line_fault fault = {
            .noise = stage->noise, .seed = stage->seed + i * 7919, .late_us = stage->late_us};
        run_one(stage, bench, &fault, sum);
    }
}

static unsigned total(unsigned counts[LINE_DIRECTIONS][FAULT_KINDS])
{
    unsigned all = 0;

    for (unsigned direction = 0; direction < LINE_DIRECTIONS; direction++) {
        for (unsigned kind = 0; kind < FAULT_KINDS; kind++) {
            all += counts[direction][kind];
        }
    }
    return all;
}

static void print(FILE *out, struct sum *sum)
{
    unsigned sessions = total(sum->sessions), right = total(sum->right);

    fprintf(out, "  sessions %u, right %u (%.2f %%), silent %u\n", sessions, right,
            100.0 * right / (sessions ? sessions : 1), sum->silent);
    for (unsigned direction = 0; direction < LINE_DIRECTIONS; direction++) {
        for (unsigned kind = FAULT_DROP; kind < FAULT_KINDS; kind++) {
            fprintf(out, "    %-9s %-11s %5u of %5u\n", kind_names[kind],
                    direction_names[direction], sum->right[direction][kind],
                    sum->sessions[direction][kind]);
        }
    }
    fprintf(out, "  messages\n");
    tally_print(&sum->messages, out, "  ");
    fprintf(out, "  changed outside the image's pages: %u bytes; options and protection: %u\n",
            sum->outside, sum->options);
    fprintf(
        out, "  longest wait without a line: %.1f s (%s at byte %u %s); longest session %.1f s\n",
        (double)sum->longest_us / 1e6, kind_names[sum->longest_fault.kind], sum->longest_fault.at,
        direction_names[sum->longest_fault.direction], (double)sum->longest_session_us / 1e6);
    fprintf(out, "  run again: %u (%u behind a reset), right %u, silent %u\n", sum->again,
            sum->resets, sum->again_right, sum->again_silent);
    tally_print(&sum->again_messages, out, "  ");
}

// 0, or 1 when something ended wrong without a word.
static int run_row(struct stage *stage, const char *row)
{
    static struct sum sum;
    struct session_end end;
    struct bench bench;

    if (!bench_open(&bench, row, stage->folder, stage->errors)) {
        fprintf(stage->report, "%s: no such row\n", row);
        return 1;
    }
    sum = (struct sum){.silent = 0};
    session_verb_renew(&bench, stage->verb);
    session_verb_run(&bench, stage->verb, NULL, &end);
    fprintf(stage->report, "%s: %u bytes to the ROM, %u to the host, %.3f s\n", row,
            end.line.bytes[LINE_TO_ROM], end.line.bytes[LINE_TO_HOST], (double)end.line.us / 1e6);
    if (session_verb_is_right(stage->verb, &end)) {
        if (stage->noise) {
            run_noise(stage, &bench, &sum);
        } else {
            run_all(stage, &bench, end.line.bytes, stage->every, &sum);
        }
        print(stage->report, &sum);
    } else {
        fprintf(stage->report, "  without a fault: %s\n", end.code ? end.problem.what : "silent");
        sum.sessions[0][FAULT_NONE] = 1;
        sum.silent += ended_silent(stage->verb, &end);
    }
    bench_close(&bench);
    stage_add(stage, &(struct stage_sum){.cases = total(sum.sessions),
                                         .right = total(sum.right),
                                         .silent = sum.silent + sum.again_silent,
                                         .outside = sum.outside,
                                         .options = sum.options,
                                         .longest_us = sum.longest_us});
    return sum.silent || sum.outside || sum.options || sum.again_right < sum.again ||
           sum.longest_us > LONGEST_US ||
           (stage->noise == 0 && 100 * total(sum.right) < LEAST_PERCENT * total(sum.sessions));
}

int main(int argc, char **argv)
{
    return stage_main(argc, argv, run_row);
}
