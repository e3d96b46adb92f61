// recover.c: a host dies in the middle of a command; what `info` and `flash` do to the chip then.
// SPDX-License-Identifier: MIT
//
// usage: recover_campaign [OPTION...] [--all | ROW...]    stage.h has the options
// Each command is cut behind each of its bytes, with 256 payloads, so that each checksum is met (or
// every Nth of all these). Then `info` runs, and on a chip in the same state `flash`, with
// --recover if it knows that. Exit code 1 when something changed that neither the image nor the
// interrupted frame names, options or protection changed, or `flash` ended wrong without a word.
#include "frames.h"
#include "session.h"
#include "stage.h"
#include "tally.h"

#include "verb_table.h"

#include <string.h>

enum { STEP_US = 50000, NAMED = SESSION_PIECES };

// What one kind of command came to.
struct sum {
    unsigned sessions;
    unsigned info_touched; // it completed the frame: flash changed as the frame says
    unsigned info_outside, info_options;
    unsigned right, silent, completed, outside, options, starts;
    uint64_t longest_us;
    unsigned tried[FRAME_BYTES], ended[FRAME_BYTES]; // by the bytes sent: all, and not right
    struct tally messages;
};

static bool knows(const char *verb, const char *option)
{
    const struct verb *at;

    for (size_t i = 0; (at = verb_table_at(i)) != NULL; i++) {
        if (strcmp(at->table.verb, verb) == 0) {
            return option_table_find(&at->table, option) != NULL;
        }
    }
    return false;
}

// The chip, and a host that has sent the first bytes of a command and read all answers.
static void interrupt(struct bench *bench, const struct frame *frame, size_t count)
{
    struct second_rom_answer answer;

    bench_renew(bench);
    second_rom_allow(bench->rom, NAMED, frame->names.start, frame->names.size);
    for (size_t i = 0; i <= count; i++) {
        bench->now_us += STEP_US;
        second_rom_byte(bench->rom, i ? frame->bytes[i - 1] : 0x7F, bench->now_us);
        while (second_rom_next(bench->rom, &answer)) {
            second_rom_take(bench->rom);
        }
    }
    bench->now_us += STEP_US;
}

static void run_info(struct bench *bench, struct sum *sum)
{
    static const char *const arguments[] = {"info", "line"};
    const struct second_rom_log *log = second_rom_log(bench->rom);
    unsigned options = log->option_writes + log->protections;
    struct session_end end;

    for (unsigned piece = 0; piece < SESSION_PIECES; piece++) { // none of its business
        second_rom_allow(bench->rom, piece, 0, 0);
    }
    session_run(bench, 2, arguments, NULL, &end);
    sum->info_touched += log->operations > 0;
    sum->info_outside += log->outside;
    sum->info_options += end.options - options;
}

static void run_flash(struct bench *bench, size_t count, struct sum *sum)
{
    const char *const arguments[] = {"flash", bench->image.path, "line", "--recover"};
    const struct second_rom_log *log = second_rom_log(bench->rom);
    unsigned options = log->option_writes + log->protections;
    struct session_end end;

    session_run(bench, knows("flash", "recover") ? 4 : 3, arguments, NULL, &end);
    sum->tried[count]++;
    sum->ended[count] += !(end.code == 0 && end.whole && end.started);
    if (end.code) {
        tally_add(&sum->messages, end.problem.what);
    } else if (end.whole && end.started) {
        sum->right++;
    } else {
        sum->silent++;
    }
    sum->outside += log->outside;
    sum->options += end.options - options;
    sum->starts += log->starts > 1;
    sum->longest_us = end.line.longest_us > sum->longest_us ? end.line.longest_us : sum->longest_us;
}

static void run_kind(struct bench *bench, const struct frame_kind *kind, unsigned every,
                     struct sum *sum)
{
    unsigned variants = kind->varies ? FRAME_VARIANTS : 1, turn = 0;
    struct frame frame;

    for (unsigned variant = 0; variant < variants; variant++) {
        kind->make(&frame, bench->device, variant);
        for (size_t count = 1; count < frame.count; count++) {
            if (turn++ % every) {
                continue;
            }
            sum->sessions++;
            interrupt(bench, &frame, count);
            run_info(bench, sum);
            interrupt(bench, &frame, count);
            run_flash(bench, count, sum);
        }
    }
}

static void print(FILE *out, const char *name, const struct sum *sum)
{
    fprintf(out, "  %s: %u states\n", name, sum->sessions);
    fprintf(out,
            "    info:  flash changed as the frame says in %u, elsewhere %u bytes, options and "
            "protection %u\n",
            sum->info_touched, sum->info_outside, sum->info_options);
    fprintf(out,
            "    flash: right %u (%.2f %%), silent %u, elsewhere %u bytes, options and protection "
            "%u, wrong starts %u\n",
            sum->right, 100.0 * sum->right / (sum->sessions ? sum->sessions : 1), sum->silent,
            sum->outside, sum->options, sum->starts);
    for (size_t i = 0; i < FRAME_BYTES; i++) {
        if (sum->ended[i]) {
            fprintf(out, "      not right behind byte %zu: %u of %u\n", i, sum->ended[i],
                    sum->tried[i]);
        }
    }
    tally_print(&sum->messages, out, "    ");
}

static void add(const struct sum *sum, struct stage_sum *all)
{
    all->cases += sum->sessions;
    all->right += sum->right;
    all->silent += sum->silent;
    all->outside += sum->outside + sum->info_outside;
    all->options += sum->options + sum->info_options;
    all->longest_us = sum->longest_us > all->longest_us ? sum->longest_us : all->longest_us;
}

// 0, or 1 when something changed that nobody named.
static int run_row(struct stage *stage, const char *row)
{
    static struct sum sum;
    struct stage_sum all = {.rows = 0};
    const struct frame_kind *kind;
    struct bench bench;
    int error = 0;

    if (!bench_open(&bench, row, stage->folder, stage->errors)) {
        fprintf(stage->report, "%s: no such row\n", row);
        return 1;
    }
    fprintf(stage->report, "%s\n", row);
    for (size_t i = 0; (kind = frame_kind_at(i)) != NULL; i++) {
        if (frame_kind_served(kind, bench.device)) {
            sum = (struct sum){.sessions = 0};
            run_kind(&bench, kind, stage->every, &sum);
            print(stage->report, kind->name, &sum);
            error |= sum.silent || sum.outside || sum.info_outside;
            add(&sum, &all);
        }
    }
    bench_close(&bench);
    stage_add(stage, &all);
    return error;
}

int main(int argc, char **argv)
{
    return stage_main(argc, argv, run_row);
}
