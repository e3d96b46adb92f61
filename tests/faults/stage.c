// stage.c: redirects what the tool prints, and goes through the rows.
// SPDX-License-Identifier: MIT
#include "stage.h"

#include "devices.h"
#include "disk.h"
#include "problem.h"
#include "scratch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USUALLY_LATE_US = 2000 };

static bool set(struct stage *stage)
{
    int own = dup(STDOUT_FILENO);

    stage->report = own < 0 ? NULL : fdopen(own, "w");
    FILE *lines = tmpfile();
    return stage->report && lines && dup2(fileno(lines), STDERR_FILENO) >= 0 &&
           freopen(scratch_nowhere(), "w", stdout) && scratch_folder(stage->folder);
}

static void clear(struct stage *stage)
{
    disk_remove_folder(stage->folder);
    fclose(stage->report);
}

// Whether its ROM has AN3155, and its flash is known.
static bool can_be_flashed(const struct device *device)
{
    return device->rom_commands[0] != 0xFF && device->pages[0].count && device->rams[0].region.size;
}

// Each layout that a row has.
static int run_layouts(struct stage *stage, stage_row *run_row)
{
    char row[STAGE_ROW_BYTES];
    int error = 0;

    for (size_t i = 0; i < device_count; i++) {
        for (unsigned layout = 0; devices[i].layouts[layout].kb; layout++) {
            const struct page_run *pages = devices[i].layouts[layout].pages;
            bool known = pages[0].count > 1 || (pages[0].count && pages[1].count);
            snprintf(row, sizeof row, "%s+layout=%u", devices[i].slug, layout);
            error |= known && can_be_flashed(&devices[i]) ? run_row(stage, row) : 0;
        }
    }
    return error;
}

static int run_all(struct stage *stage, stage_row *run_row)
{
    int error = 0;

    for (size_t i = 0; i < device_count; i++) {
        if (can_be_flashed(&devices[i])) {
            error |= run_row(stage, devices[i].slug);
        }
    }
    return error;
}

static int run_rows(struct stage *stage, int count, const char *const *rows, stage_row *run_row)
{
    int error = 0;

    if (count && strcmp(rows[0], "--all") == 0) {
        return run_all(stage, run_row);
    }
    if (count && strcmp(rows[0], "--layouts") == 0) {
        return run_layouts(stage, run_row);
    }
    for (int i = 0; i < count; i++) {
        error |= run_row(stage, rows[i]);
    }
    return error;
}

// The number that belongs to an option, NULL where that has none.
static unsigned *number_of(struct stage *stage, const char *option)
{
    const struct {
        const char *name;
        unsigned *number;
    } options[] = {
        {"--every", &stage->every},
        {"--late", &stage->late_us},
        {"--noise", &stage->noise},
        {"--seed", &stage->seed},
    };

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(option, options[i].name) == 0) {
            return options[i].number;
        }
    }
    return NULL;
}

// The number of arguments that are options.
static int read_options(struct stage *stage, int argc, char **argv)
{
    int at = 1;

    *stage = (struct stage){.every = 1, .late_us = USUALLY_LATE_US, .seed = 1};
    for (; at < argc; at++) {
        unsigned *number = number_of(stage, argv[at]);
        if (number && at + 1 < argc) {
            *number = (unsigned)strtoul(argv[++at], NULL, 10);
        } else if (strcmp(argv[at], "--nack") == 0) {
            stage->errors = CHIP_ANSWERS_NACK;
        } else if (at + 1 < argc && strcmp(argv[at], "--verb") == 0) {
            stage->verb = session_verb_find(argv[++at]);
        } else if (at + 1 < argc && strcmp(argv[at], "--record") == 0) {
            stage->record = argv[++at];
        } else {
            break;
        }
    }
    return at;
}

void stage_add(struct stage *stage, const struct stage_sum *sum)
{
    struct stage_sum *all = &stage->sum;

    all->rows++;
    all->cases += sum->cases;
    all->right += sum->right;
    all->silent += sum->silent;
    all->outside += sum->outside;
    all->options += sum->options;
    all->longest_us = sum->longest_us > all->longest_us ? sum->longest_us : all->longest_us;
}

static void print_record(const struct stage *stage)
{
    const struct stage_sum *sum = &stage->sum;
    unsigned wrong = sum->cases - sum->right - sum->silent;
    double percent = 100.0 * sum->right / (sum->cases ? sum->cases : 1);

    fprintf(stage->report, "| %s | %u | %u | %.2f %% | %u | %u | %u | %u | %.1f s |\n",
            stage->record, sum->rows, sum->cases, percent, wrong, sum->silent, sum->outside,
            sum->options, (double)sum->longest_us / 1e6);
}

int stage_main(int argc, char **argv, stage_row *run_row)
{
    static const char *const usual[] = {"f10medium", "g0b1", "h723"};
    struct stage stage;

    int first = read_options(&stage, argc, argv);
    if (stage.every == 0 || stage.verb == SESSION_VERBS || !set(&stage)) {
        return EXIT_USAGE;
    }
    int error = first < argc
                    ? run_rows(&stage, argc - first, (const char *const *)argv + first, run_row)
                    : run_rows(&stage, sizeof usual / sizeof *usual, usual, run_row);
    if (stage.record) {
        print_record(&stage);
    }
    clear(&stage);
    return error;
}
