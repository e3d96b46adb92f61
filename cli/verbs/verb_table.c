// verb_table.c: finds a verb by its name, checks its command line, runs it.
// SPDX-License-Identifier: MIT
#include "verb_table.h"

#include "json_report.h"
#include "program.h"

#include <string.h>

static const struct verb *const verbs[] = {
    &cmd_list,  &cmd_info,   &cmd_enter,   &cmd_wait,   &cmd_flash,   &cmd_verify,
    &cmd_read,  &cmd_erase,  &cmd_go,      &cmd_option, &cmd_protect, &cmd_unprotect,
    &cmd_reset, &cmd_doctor, &cmd_devices, &cmd_pins,   &cmd_example, &cmd_try_board,
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

const struct verb *verb_table_at(size_t index)
{
    return index < VERB_COUNT ? verbs[index] : NULL;
}

static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(name, verbs[i]->table.verb) == 0) {
            return verbs[i];
        }
    }
    return NULL;
}

// Of a command line that need not make sense. Options may be cut short: --js.
static bool asks_for_json(int argc, char **argv)
{
    static const char name[] = "--json";
    static const size_t least = sizeof "--j" - 1;
    bool asks = false;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t length = strlen(argv[i]);
        asks |= length >= least && strncmp(argv[i], name, length) == 0;
    }
    return asks;
}

// A command line that was understood knows better: --json may be the value of an option.
static void settle_report(json_t **report, const struct options *options, const char *verb)
{
    if (!options->json) {
        json_decref(*report);
        *report = NULL;
    } else if (*report == NULL) {
        *report = json_report_begin(verb);
    }
}

static int parse_and_run(int argc, char **argv, json_t **report, struct problem *problem)
{
    const struct verb *verb = find_verb(argv[0]);
    struct options options;

    if (verb == NULL) {
        return program_unknown(program_this(), argv[0], problem);
    }
    int error = options_parse(&options, argc, argv, &verb->table, verb->least, verb->most, problem);
    if (error) {
        return error;
    }
    settle_report(report, &options, argv[0]);
    options.report = *report;
    return verb->run(&options, problem);
}

int verb_table_run(int argc, char **argv, struct problem *problem)
{
    json_t *report = asks_for_json(argc, argv) ? json_report_begin(argv[0]) : NULL;

    int error = parse_and_run(argc, argv, &report, problem);
    if (error == OPTION_HELP) {
        option_table_help(&find_verb(argv[0])->table, stdout);
        json_decref(report);
        return 0;
    }
    if (report) {
        json_report_end(report, error, problem);
        json_report_print(report);
    }
    return error;
}
