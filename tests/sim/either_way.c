// either_way.c: runs cases by whole blocks and by instruction: the summaries are the same.
// SPDX-License-Identifier: MIT
//
//     either_way FILE...    files of build/cases; of each line the run is taken, and not the check
//
// Exit code 0: the summaries of each pair are the same text. 1: it says of which they are not.
#include "run.h"
#include "run_setup.h"
#include "summary.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 4096, MOST_WORDS = 48 };

static const volatile sig_atomic_t never;

struct totals {
    unsigned runs, differ;
    uint64_t instructions, sprinted;
};

// The summary of a run, or why there is none; to be freed.
static char *summary_of(const struct scenario *scenario, struct totals *totals)
{
    struct problem problem = {.what = ""};
    struct run run;
    char *text = NULL;

    if (run_open(&run, scenario, &never, &problem)) {
        return strdup(problem.what);
    }
    if (run_scenario(&run, &problem) == 0) {
        json_t *summary = summary_pack(&run);
        text = json_dumps(summary, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
        json_decref(summary);
    } else {
        text = strdup(problem.what);
    }
    totals->instructions += run.chip.core.instructions;
    totals->sprinted += run.chip.sprinted;
    run_close(&run);
    return text;
}

static void compare(int count, char **words, struct totals *totals)
{
    struct problem problem;
    struct scenario scenario;
    char *texts[2];

    if (scenario_parse(&scenario, count, words, &problem) || scenario.host == ROM_HOST_REAL) {
        return; // a case that is refused, or that waits for somebody
    }
    for (int way = 0; way < 2; way++) {
        scenario.by_instruction = way == 0;
        texts[way] = summary_of(&scenario, totals);
    }
    totals->runs++;
    if (!texts[0] || !texts[1] || strcmp(texts[0], texts[1]) != 0) {
        totals->differ++;
        printf("%s on %s differs:\n%s\n%s\n", words[1], words[3], texts[0], texts[1]);
    }
    free(texts[0]);
    free(texts[1]);
}

// "NAME CHECK ELF DEVICE what the check wants --option ...", with tabs between.
static void compare_line(char *line, struct totals *totals)
{
    static char verb[] = "run", device[] = "--device";
    char *words[MOST_WORDS] = {verb}, *rest;
    int count = 0;
    bool options = false;

    for (char *word = strtok_r(line, "\t\n", &rest); word && count < MOST_WORDS - 4;
         word = strtok_r(NULL, "\t\n", &rest)) {
        size_t length = strlen(word);
        options = options || strncmp(word, "--", 2) == 0;
        if (count == 0 && length > 4 && strcmp(word + length - 4, ".elf") == 0) {
            words[++count] = word;
        } else if (count == 1) {
            words[++count] = device;
            words[++count] = word;
        } else if (options && count) {
            words[++count] = word;
        }
    }
    if (count < 3) {
        return;
    }
    words[++count] = NULL;
    compare(count, words, totals);
}

int main(int argc, char **argv)
{
    struct totals totals = {0};
    char line[LONGEST_LINE];

    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "r");
        if (!file) {
            printf("cannot read %s\n", argv[i]);
            return EXIT_FAILURE;
        }
        while (fgets(line, sizeof line, file)) {
            compare_line(line, &totals);
        }
        fclose(file);
    }
    printf("%u runs, %u differ; %.1f of %.1f million instructions by block\n", totals.runs,
           totals.differ, (double)totals.sprinted / 1e6, (double)totals.instructions / 1e6);
    return totals.sprinted && !totals.differ ? EXIT_SUCCESS : EXIT_FAILURE;
}
